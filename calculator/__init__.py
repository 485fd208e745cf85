"""The domain: figures, the estimate, the photo and the card. Knows nothing of the web."""
