"""One file for each exchange format: `load` yields rows, `dump` writes them."""
