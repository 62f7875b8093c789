"""A claim as other tools would keep it: the same columns, and a history by each of them."""
