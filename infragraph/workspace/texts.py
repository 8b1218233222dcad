"""The text of files that findings point into."""

from collections.abc import Iterable, Sequence

from infragraph.model.source import SourceFile
from infragraph.workspace.reading import NotRead, read


class Texts:
    """Text by path; a Python file as it was analyzed, any other as it is now, read once."""

    __slots__ = ("_contents", "_lines", "_root")

    def __init__(self, root: str, sources: Iterable[SourceFile]) -> None:
        self._root = root
        self._contents: dict[str, bytes | None] = {file.path: file.content for file in sources}
        self._lines: dict[str, Sequence[str]] = {}

    def text_of(self, path: str) -> str | None:
        if path not in self._contents:
            parts = path.split("/")
            inside = not path.startswith("/") and ".." not in parts and path.isprintable()
            content = read(f"{self._root}/{path}") if inside else None
            self._contents[path] = None if isinstance(content, NotRead) else content
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


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")
