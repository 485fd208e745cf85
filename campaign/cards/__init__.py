"""Cards on the site: their addresses, and the processes and the memory that make and hold them."""
