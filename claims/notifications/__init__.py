"""Programs and people outside are told what happened: events to webhooks, digests by e-mail, keys to the feeds."""
