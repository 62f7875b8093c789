"""What the documentation lists of fields, steps and queries is what their tables say."""

import pytest

from tests.completeness import read_text
from tests.generated_docs import BLOCKS, HOW, LINES, generated


@pytest.mark.parametrize("path", sorted({*BLOCKS, *LINES}))
def test_what_is_generated_is_as_it_would_be_generated_now(path):
    text = read_text(path)
    assert generated(path, text) == text, f"{path} is otherwise than the tables: run {HOW}"


def test_a_page_that_says_otherwise_is_put_right():
    text = read_text("docs/api.md")
    wrong = text.replace("claims/{id}/accept/", "claims/{id}/agree/", 1)
    assert wrong != text
    assert generated("docs/api.md", wrong) == generated("docs/api.md", text)
