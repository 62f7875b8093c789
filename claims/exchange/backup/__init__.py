"""An install leaves as rows, and arrives in another from them: the ledger, what it vouches for, and nothing derived."""
