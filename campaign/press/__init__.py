"""What journalists take away: texts, figures and the kit."""
