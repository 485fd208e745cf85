"""What the site shows: figures, texts and contacts, one state at a time."""
