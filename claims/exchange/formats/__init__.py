"""One file for each exchange format, from plain values to bytes: `dump` writes it; `jsonl`, which comes back in, has `load` too."""
