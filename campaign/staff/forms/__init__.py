"""From a record to a form and back, without disturbing the rest of its file."""
