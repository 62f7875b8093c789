"""Claims over REST: each address hears, checks, calls one room and answers."""
