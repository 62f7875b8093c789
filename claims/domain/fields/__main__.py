"""Writes the table of fields anew where a document has it: `python -m claims.domain.fields docs/api.md`."""

import sys
from pathlib import Path

from claims.domain.fields import markdown


def rewrite(path: Path) -> None:
    """Puts the table as it is now in the place of the one that stands there."""
    path.write_text(markdown.replaced(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
