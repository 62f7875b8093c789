"""Which outlet, which speaker is this name: found by any spelling, revised, merged."""
