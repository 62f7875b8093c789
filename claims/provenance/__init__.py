"""To whom a claim goes back: its origins, the accounts that lead to them, and how texts differ."""
