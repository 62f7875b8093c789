"""A web server with the API on the test's own database, as other programs meet it."""

from collections.abc import Iterator

import pytest

from config.management.commands import up
from tests.web_server import serving


@pytest.fixture
def api(committed_env: dict[str, str]) -> Iterator[str]:
    """Where it answers: http://127.0.0.1:PORT, by the web server that an install has."""
    with serving(committed_env) as port:
        yield f"http://{up.HOST}:{port}"
