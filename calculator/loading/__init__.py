"""From the folder of figures to checked records, with every problem found."""
