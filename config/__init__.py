"""How it is wired: settings, addresses, Celery, the embedded servers."""
