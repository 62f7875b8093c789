"""Ways in and out: one module a format, and the full copy of an install."""
