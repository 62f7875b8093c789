#!/usr/bin/env python
"""Every command of Isnad starts here: `manage.py up` runs it all, `manage.py help` lists the rest."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext

# These need no database, or, like `up`, see to it themselves.
ALONE = {"up", "extract", "help", "version", "check", "diffsettings", "makemigrations", "makemessages", "compilemessages", "spectacular"}


def _servers(words: list[str]) -> AbstractContextManager[object]:
    """The embedded servers for a command that needs them."""
    command = words[0] if words else "help"
    offline = command in ALONE and "--database" not in words
    if offline or command.startswith("-") or {"-h", "--help"} & set(words) or (command == "prove" and "--check" in words):
        return nullcontext()
    from config.embedded import servers

    return servers.running(migrated=command != "migrate")


def main() -> None:
    """Hands the command line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line

        from config.embedded.trouble import Trouble
    except ImportError:
        sys.exit("Django is not installed here. Run: python3 -m venv .venv && .venv/bin/pip install -r requirements.txt")
    try:
        with _servers(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except Trouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
