"""Pure reading: sentences, quotes, numbers, dates, speech, people. No database, no claims."""
