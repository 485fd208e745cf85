"""The photo: judged by its header, decoded, its faces destroyed."""
