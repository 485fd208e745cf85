"""What staff keep an eye on: what ages, which links went, what a change does."""
