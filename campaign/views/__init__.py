"""The site's pages, one file for each kind."""
