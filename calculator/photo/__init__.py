"""The photo: checked by its header, decoded, its faces destroyed."""
