"""How near a reading of an article comes to its annotation, by figure; every figure is between 0 and 1."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sources.text.folding import fold

Span = tuple[int, int]
_MARKS = " \u00a0\n\t،,;:.؛\"'()-!?؟…“”«»‘’"
_NOBODY = {"narrator", "unattributed_passive"}
_SHARES = {"worthy": "worthy of", "kind": "span50", "said_on": "said_on of", "scope": "scope of", "due": "due of", "offsets": "found"}


@dataclass
class Score:
    """What was counted, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Each figure: F1 of the pairs found, else the share that is right."""
        c = self.counts
        both = {name: _f1(c[name], c["gold"], c["found"]) for name in ("span50", "span80", "exact", "span_speaker")}
        marks = {name: _f1(c[name], c[f"{name} gold"], c[f"{name} found"]) for name in ("quantity", "date")}
        return both | marks | {name: c[name] / c[of] if c[of] else 1.0 for name, of in _SHARES.items()}

    def __str__(self) -> str:
        return "  ".join(f"{name} {value:.2f}" for name, value in self.figures().items())


def together(scores: list[Score]) -> Score:
    """Several articles as one: counts add up, so that a long article weighs more."""
    whole = Score()
    for score in scores:
        whole.counts.update(score.counts)
    return whole


def compare(gold: dict[str, Any], text: str, found: dict[str, Any]) -> Score:
    """Hold a reading (the JSON that `extract` prints) against an annotation."""
    score = Score()
    _claims(score, gold["claims"], found["claims"], text)
    figures = gold["extra_quantity_mentions"]
    _marks(score, "quantity", figures, [q for q in found["quantities"] if not _hidden(q, figures)], _same_figure)
    days = gold["date_mentions"]
    _marks(score, "date", days, [d for d in found["dates"] if d["edtf"] and not _hidden(d, days)], _same_day)
    return score


def _claims(score: Score, gold: list[dict[str, Any]], found: list[dict[str, Any]], text: str) -> None:
    spans, read = [_bare(text, g) for g in gold], [_bare(text, f) for f in found]
    c = score.counts
    c.update({"gold": len(gold), "found": len(found), "offsets": sum(text[f["start"] : f["end"]] == f["quote"] for f in found)})
    c["span80"] += len(_pairs(spans, read, 0.8, _overlap))
    pairs = _pairs(spans, read, 0.5, _overlap)
    c["span50"] += len(pairs)
    for i, j in pairs:
        g, f = gold[i], found[j]
        exact = all(abs(a - b) <= 1 for a, b in zip(spans[i], read[j], strict=True))
        c["exact"] += exact
        if not exact:
            score.misses.append(f"span: {g['quote']} | read: {f['quote']}")
        _expect(score, "span_speaker", _same_speaker(g["speaker"], f["speaker"]), g, g["speaker"], f["speaker"])
        _expect(score, "kind", f["kind"] in [g["kind"], *g["also_kinds"]], g, g["kind"], f["kind"])
        for name in ("said_on", "scope", "due"):
            want = g[name] or {}
            if want.get("edtf") and (name == "due" or want["basis"] == "text"):
                c[f"{name} of"] += 1
                have = (f[name] or {}).get("edtf")
                _expect(score, name, have in [want["edtf"], *want["accept"]], g, want["edtf"], have)
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    worthy = [i for i, g in enumerate(gold) if g["check_worthiness"] >= 0.7]
    c.update({"worthy of": len(worthy), "worthy": len(hit.intersection(worthy))})
    score.misses += [f"not found: {g['quote']}" for i, g in enumerate(gold) if i not in hit]
    score.misses += [f"no claim: {f['quote']}" for j, f in enumerate(found) if j not in used]


def _expect(score: Score, name: str, right: bool, gold: dict[str, Any], want: Any, have: Any) -> None:
    score.counts[name] += right
    if not right:
        score.misses.append(f"{name}: {gold['quote'][:60]} | want {want} | read {have}")


def _marks(score: Score, name: str, gold: list[dict[str, Any]], found: list[dict[str, Any]], same: Any) -> None:
    certain = [g for g in gold if not g["vague"]]
    pairs = _pairs([_span(g) for g in certain], [_span(f) for f in found], 0.5, _inside)
    score.counts.update({f"{name} gold": len(certain), f"{name} found": len(found)})
    for i, j in pairs:
        right = same(certain[i], found[j])
        score.counts[name] += right
        if not right:
            score.misses.append(f"{name}: {certain[i]['surface']} | read {found[j]}")
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    score.misses += [f"{name} not found: {g['surface']}" for i, g in enumerate(certain) if i not in hit]
    score.misses += [f"no {name}: {f['text']} = {f}" for j, f in enumerate(found) if j not in used]


def _pairs(gold: list[Span], found: list[Span], least: float, measure: Any) -> list[tuple[int, int]]:
    """One to one, the best first."""
    ranked = sorted(
        ((measure(g, f), _overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if measure(g, f) >= least),
        reverse=True,
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for *_, i, j in ranked:
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return pairs


def _span(row: dict[str, Any]) -> Span:
    return row["start"], row["end"]


def _bare(text: str, row: dict[str, Any]) -> Span:
    """The span without the marks at its ends."""
    start, end = _span(row)
    while start < end and text[start] in _MARKS:
        start += 1
    while start < end and text[end - 1] in _MARKS:
        end -= 1
    return start, end


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _overlap(a: Span, b: Span) -> float:
    """Intersection over union."""
    shared = _shared(a, b)
    return shared / (a[1] - a[0] + b[1] - b[0] - shared) if shared else 0.0


def _inside(a: Span, b: Span) -> float:
    """The share of the shorter that lies in the longer."""
    return _shared(a, b) / max(1, min(a[1] - a[0], b[1] - b[0]))


def _hidden(row: dict[str, Any], gold: list[dict[str, Any]]) -> bool:
    """Does it lie on a mention that nobody can be sure of?"""
    return any(g["vague"] and _shared(_span(row), _span(g)) for g in gold)


def _f1(right: int, gold: int, found: int) -> float:
    return 2 * right / (gold + found) if gold + found else 1.0


def _letters(words: str | None) -> str:
    """Folded, letters and digits only, lower case."""
    return re.sub(r"[^\w]+", " ", fold(words or "").text.lower().replace("امريكي", "اميركي")).strip()


def _same_speaker(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    nobody = found["type"] in _NOBODY or not found["name"]
    if nobody or gold["type"] in _NOBODY:
        return nobody and gold["type"] in _NOBODY
    accepted = {_letters(name).removeprefix("the ") for name in gold["accept"]}
    return bool(accepted & {_letters(found["name"]).removeprefix("the "), _letters(f"{found['title'] or ''} {found['name']}")})


def _same_figure(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    value = abs(gold["value"] - found["value"]) <= 1e-6 * max(1, abs(gold["value"]))
    comparators = [gold["comparator"], *gold["accept_comparator"]]
    near = {"about", "nearly"}
    same = found["comparator"] in comparators or {gold["comparator"], found["comparator"]} <= near
    return bool(value and gold["value_max"] == found["value_max"] and same and _same_unit(gold, found["unit"]))


def _same_unit(gold: dict[str, Any], unit: str | None) -> bool:
    if unit == gold["unit"] or (unit or "") in gold["accept_unit"]:
        return True
    if gold["unit"] == "ratio":  # "one in five" may well be read as a bare number
        return unit is None
    if gold["unit_kind"] != "count" or not unit:
        return False
    want, have = _letters(gold["unit"]).split(), _letters(unit).split()
    return bool(want and have) and (_stem(want[0]) == _stem(have[0]) or _stem(want[-1]) == _stem(have[-1]))


def _stem(word: str) -> str:
    return re.sub(r"(es|s)$", "", word) if word.isascii() else re.sub(r"(ين|ون|ات|ان|ة|ا|ه)$", "", word.removeprefix("ال"))


def _same_day(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    return found["edtf"] in [gold["edtf"], *gold["accept"]]
