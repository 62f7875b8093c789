"""What counts as a change of the code."""

import pytest

from config.embedded import reloading


@pytest.fixture
def code(tmp_path, monkeypatch):
    monkeypatch.setattr(reloading.paths, "BASE", tmp_path)
    for folder in ("claims", "sources", "config"):
        (tmp_path / folder / "__pycache__").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("name", ["claims/models.py", "config/page.html", "sources/words.toml"])
def test_a_file_of_code_is_noticed(code, name):
    seen = reloading.changes(every=50)
    assert next(seen) is False
    (code / name).write_text("x = 1")
    assert any(next(seen) for _ in range(100))


@pytest.mark.parametrize("name", ["claims/__pycache__/models.py", "claims/models.py.swp", "elsewhere.py"])
def test_caches_and_what_editors_leave_are_not(code, name):
    seen = reloading.changes(every=50)
    assert next(seen) is False
    (code / name).write_text("x = 1")
    assert not any(next(seen) for _ in range(10))
