"""How dates read to people: one style for all languages, in Django's names for them (FORMAT_MODULE_PATH)."""
