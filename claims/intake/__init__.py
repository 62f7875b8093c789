"""From a snapshot to proposed claims: readings, a person's marks, dates and texts read again."""
