"""The site's words in four languages."""
