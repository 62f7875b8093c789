"""Web archives in WARC (ISO 28500): what was captured goes out as one, and archives of other tools come in."""
