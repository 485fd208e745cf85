"""The card: its layout, where its words go, and how it is drawn."""
