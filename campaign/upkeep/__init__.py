"""What staff check: what is out of date, which links broke, what a change does."""
