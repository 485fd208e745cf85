"""The files as visitors see them: read again when they change, kept for a restart."""
