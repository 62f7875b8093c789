"""The Arabic that the reader knows: verbs, words of reporting, titles and names, and the grammar of noun phrases."""
