"""Notice that the code has changed, for `up --reload`."""

from collections.abc import Iterator

from config.embedded import paths
from config.embedded.trouble import Trouble

_FOLDERS = ("claims", "sources", "config")
_ENDINGS = (".py", ".html", ".css", ".js", ".mo", ".toml", ".txt")


def changes(*, every: int = 100) -> Iterator[bool]:
    """True when code, templates or data beside them have changed; False after `every` milliseconds without a change. Endless."""
    try:
        from watchfiles import Change, DefaultFilter, watch
    except ImportError:
        raise Trouble("--reload needs watchfiles: run pip install -r requirements.txt.") from None
    usual = DefaultFilter()  # without caches and what editors leave

    def is_code(change: Change, path: str) -> bool:
        return path.endswith(_ENDINGS) and usual(change, path)

    folders = [paths.BASE / folder for folder in _FOLDERS]
    for found in watch(*folders, watch_filter=is_code, yield_on_timeout=True, rust_timeout=every, debounce=400):
        yield bool(found)
