"""The files that visitors see: read again when they change, kept for a restart."""
