"""What staff write: publications, scenarios and rates, and the words that explain their fields."""
