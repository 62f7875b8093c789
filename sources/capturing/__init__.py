"""A text is kept once, as it read, with how it came."""
