"""Work that is owed: rows that are leased and done, the messages that wake workers, when each task last ran."""
