"""Names every function, class and import that nothing in the program refers to by its name; ends with 1 where there is one.

Vulture's own command would also name fields, options and methods that frameworks look for, some five hundred, so it is asked from here.
"""

import re
import sys
from pathlib import Path

from vulture import Vulture

# What a framework or a registry keeps at the place where it is defined.
DECORATORS = ["@register*", "@*.register*", "@*rule*", "@*task*", "@*connect*", "@receiver*"]
# What is found by its name or by its base class; and the way up for payloads of older schemas, which stands ready for the first one.
NAMES = ["Command", "*Config", "*Scheme", "DeskSite", "INSTALLED_APPS", "pagination_class", "upcaster"]


def named_in_full() -> set[str]:
    """What the code names by a full name in a string, as the table of steps does its rooms."""
    texts = [file.read_text(encoding="utf-8") for app in ("claims", "sources", "config") for file in Path(app).rglob("*.py")]
    return {name for text in texts for name in re.findall(r'"(?:claims|sources|config)(?:\.\w+)*\.(\w+)"', text)}


def main() -> int:
    """Reads the three packages and the measurements; that a test uses something does not count."""
    found = Vulture(ignore_names=[*NAMES, *named_in_full()], ignore_decorators=DECORATORS)
    found.scavenge(["claims", "sources", "config", "tests/bench", "manage.py"], exclude=["*/migrations/*"])
    unused = [item for item in found.get_unused_code() if item.typ in {"class", "function", "import", "unreachable_code"}]
    for item in unused:
        print(item.get_report())  # noqa: T201
    return 1 if unused else 0


if __name__ == "__main__":
    sys.exit(main())
