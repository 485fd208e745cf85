"""Load the folder of figures: check its files, and return records or every problem found."""
