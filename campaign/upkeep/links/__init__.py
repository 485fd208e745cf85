"""Check whether the cited pages still answer."""
