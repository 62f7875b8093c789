"""The steps of the road, one module each; they meet in the ledger and never import each other."""
