"""The text of files that findings point into."""

from collections.abc import Iterable, Sequence

from infragraph.model.source import SourceFile
from infragraph.workspace.reading import NotRead, look_again, read


class Texts:
    """Text by path, as it is now, read once."""

    __slots__ = ("_contents", "_lines", "_root", "_sources")

    def __init__(self, root: str, sources: Iterable[SourceFile]) -> None:
        self._root = root
        self._contents: dict[str, bytes | None] = {}
        self._sources = {file.path: file for file in sources}
        self._lines: dict[str, Sequence[str]] = {}

    def text_of(self, path: str) -> str | None:
        if path not in self._contents:
            self._contents[path] = self._content(path)
        known = self._contents[path]
        return None if known is None else _decoded(known)

    def lines_of(self, path: str) -> Sequence[str] | None:
        if path not in self._lines:
            text = self.text_of(path)
            if text is None:
                return None
            # Not `splitlines`, which also ends a line where Python and SQL do not.
            unified = text.replace("\r\n", "\n").replace("\r", "\n")
            self._lines[path] = unified.split("\n")
        return self._lines[path]

    def _content(self, path: str) -> bytes | None:
        source = self._sources.get(path)
        if source is not None and source.location is not None:
            found = look_again(source.location, source.digest)
            return None if isinstance(found, NotRead) else found.content
        parts = path.split("/")
        if path.startswith("/") or ".." in parts or not path.isprintable():
            return None
        content = read(f"{self._root}/{path}")
        return None if isinstance(content, NotRead) else content


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")
