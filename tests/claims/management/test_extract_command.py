"""`manage.py extract` prints what is read, and says in one sentence why it cannot."""

import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

TEXT = "قال وزير المالية أحمد الشامي أمس إن الصادرات ارتفعت بنسبة 7 في المئة.\n"


def run(*arguments):
    out = io.StringIO()
    call_command("extract", *map(str, arguments), stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


def test_it_prints_the_claims_with_offsets_of_the_file_as_given(article):
    printed = run(article, "--published", "2024-05-20")
    (claim,) = printed["claims"]
    assert (printed["language"], printed["published"]) == ("ar", "2024-05-20")
    assert TEXT[claim["start"] : claim["end"]] == claim["quote"] == "الصادرات ارتفعت بنسبة 7 في المئة"
    assert claim["speaker"]["name"] == "أحمد الشامي"
    assert claim["speaker"]["title"] == "وزير المالية"
    assert claim["said_on"]["edtf"] == "2024-05-19"
    assert claim["due"] is None


def test_it_reads_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert len(run("-")["claims"]) == 1


def test_a_publication_month_is_accepted_and_anchors_nothing(article):
    printed = run(article, "--published", "2024-05")
    assert printed["published"] == "2024-05"
    assert not (printed["claims"][0]["said_on"] or {}).get("edtf")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b" \n", "empty"), (b"a\0b", "NUL"), ("قال".encode("cp1256"), "UTF-8"), (b"a" * 2000, "larger")],
)
def test_what_is_no_text_is_refused_in_a_sentence(tmp_path, settings, content, reason):
    settings.MAX_TEXT_BYTES = 1024
    path = tmp_path / "odd"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        run(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        run(tmp_path / "none.txt")


def test_a_folder_is_no_text(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path)


@pytest.mark.parametrize("nonsense", ["soon", "2024-13-45", "٢٠٢٤-١٣-٤٥"])
def test_a_nonsense_date_is_refused(article, nonsense):
    with pytest.raises(CommandError, match="is not a date"):
        run(article, "--published", nonsense)
