"""The card: its layout, its words' places, and how it is drawn."""
