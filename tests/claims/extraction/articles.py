"""News articles annotated by hand, and how near the reader comes to them.

`tests/data/articles/NAME.txt` is the article, `NAME.toml` its annotation: quotes and surfaces instead of offsets, so
that a person can write it; the nth row with the same words means their nth place in the text.

    python -m tests.claims.extraction.articles [-v] [--gold FOLDER] [NAME or PATH.toml …]

prints the figures of each article and of all, with -v also every miss; --gold writes each annotation with offsets.
"""

import json
import re
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from claims.extraction import read
from tests.claims.extraction import article_scores

FOLDER = Path(__file__).parents[2] / "data" / "articles"
_MEASURES = {"times", "ratio", "score", "percent", "percentage_point", "permille", "basis_point"}


class Annotated:
    """One article with its annotation, offsets found."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.text = path.with_suffix(".txt").read_text(encoding="utf-8")
        self.raw = tomllib.loads(path.read_text(encoding="utf-8"))
        self.claims = [self._claim(number, row) for number, row in enumerate(self.raw.get("claims", []), 1)]
        places: dict[str, int] = {}
        self.figures = [self._figure(row, places) for row in self.raw.get("figures", [])]
        places = {}
        self.dates = [self._date(row, places) for row in self.raw.get("dates", [])]

    def reading(self) -> dict[str, Any]:
        """What the reader makes of it."""
        published = self.raw.get("published")
        return read(self.text, published=date.fromisoformat(published) if published else None).as_json()

    def gold(self) -> dict[str, Any]:
        """The annotation as one JSON object with offsets."""
        doc = {"doc_id": self.name, "lang": self.raw["language"], "published": self.raw.get("published")}
        return {"doc": doc, "claims": self.claims, "extra_quantity_mentions": self.figures, "date_mentions": self.dates}

    def _place(self, words: str, places: dict[str, int]) -> tuple[int, int]:
        start = self.text.find(words, places.get(words, 0))
        if start < 0:
            raise ValueError(f"{self.name}: the text does not hold {words!r} (once more)")
        places[words] = start + len(words)
        return start, start + len(words)

    def _claim(self, number: int, row: dict[str, Any]) -> dict[str, Any]:
        places: dict[str, int] = {}
        for _ in range(row.get("nth", 1)):
            start, end = self._place(row["quote"], places)
        return {
            "id": f"{self.name}-c{number:02}",
            "quote": row["quote"],
            "start": start,
            "end": end,
            "kind": row["kind"],
            "also_kinds": row.get("also", []),
            "polarity": row.get("polarity", "affirmed"),
            "speaker": {"type": row.get("speaker", "narrator"), "accept": row.get("accept", [])},
            "check_worthiness": row["worth"],
            "quantities": [],
            **{field: _when(row.get(field)) for field in ("said_on", "scope", "due")},
        }

    def _figure(self, row: list[Any], places: dict[str, int]) -> dict[str, Any]:
        words, value, unit, comparator, *more = row
        start, end = self._place(words, places)
        extra = more[0] if more else {}
        counted = bool(unit) and unit not in _MEASURES and not re.fullmatch(r"[A-Z]{3}", unit)
        return {
            "surface": words,
            "start": start,
            "end": end,
            "value": value,
            "value_max": extra.get("max"),
            "unit": unit or None,
            "unit_kind": "count" if counted else "measure",
            "comparator": comparator,
            "accept_unit": extra.get("accept_unit", []),
            "accept_comparator": extra.get("accept_comparator", []),
            "vague": extra.get("vague", False),
        }

    def _date(self, row: list[Any], places: dict[str, int]) -> dict[str, Any]:
        words, edtf, *more = row
        start, end = self._place(words, places)
        extra = more[0] if more else {}
        return {
            "surface": words,
            "start": start,
            "end": end,
            "edtf": edtf,
            "accept": extra.get("accept", []),
            "vague": extra.get("vague", False),
        }


def _when(stated: Any) -> dict[str, Any] | None:
    """`"2024-05"`, or a table with `edtf`, `accept` and `basis`; a due date that the text does not give is `""`."""
    if stated is None:
        return None
    if isinstance(stated, str):
        return {"edtf": stated or None, "basis": "text" if stated else "unstated", "accept": []}
    return {"basis": "text", "accept": [], **stated}


def articles(names: list[str]) -> list[Annotated]:
    """Those named, by name or path; all when none is."""
    paths = [Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml" for name in names]
    return [Annotated(path) for path in paths or sorted(FOLDER.glob("*.toml"))]


def main(arguments: list[str]) -> None:
    """Print how near the reader comes."""
    loud = "-v" in arguments
    into = Path(arguments[arguments.index("--gold") + 1]) if "--gold" in arguments else None
    names = [a for i, a in enumerate(arguments) if not a.startswith("-") and (i == 0 or arguments[i - 1] != "--gold")]
    scores = []
    for article in articles(names):
        score = article_scores.compare(article.gold(), article.text, article.reading())
        scores.append(score)
        print(f"{article.name:24}", score)
        if loud:
            print(*(f"      {miss}" for miss in score.misses), sep="\n")
        if into:
            (into / f"{article.name}.json").write_text(json.dumps(article.gold(), ensure_ascii=False), encoding="utf-8")
    print(f"{'all':24}", article_scores.together(scores))


if __name__ == "__main__":
    main(sys.argv[1:])
