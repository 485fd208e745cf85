"""Whether the pages cited still answer."""
