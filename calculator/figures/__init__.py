"""The records that staff write: publications, scenarios, rates; and what explains their fields."""
