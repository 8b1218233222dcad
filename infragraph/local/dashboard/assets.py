"""The page's own files: a table made from the package, so that no path is ever joined."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
INDEX = "/"


@cache
def assets() -> Mapping[str, tuple[bytes, str]]:
    """What is served at each path: the bytes, and their type."""
    found = {
        f"/{path}": (it.read_bytes(), _TYPES[f".{path.rpartition('.')[2]}"])
        for path, it in _walk(files("infragraph.local.dashboard") / "static", "")
    }
    found[INDEX] = found.pop("/index.html")
    return found


def _walk(folder: Traversable, within: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for it in sorted(folder.iterdir(), key=lambda it: it.name):
        if it.is_dir():
            found += _walk(it, f"{within}{it.name}/")
        elif f".{it.name.rpartition('.')[2]}" in _TYPES:
            found.append((f"{within}{it.name}", it))
    return found
