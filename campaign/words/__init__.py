"""What the site says, in four languages."""
