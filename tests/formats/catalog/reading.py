"""Pages as a reader sees them, through parsers that know nothing of how they were written."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePosixPath

from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}


@dataclass(slots=True)
class Seen:
    """The elements in order, all that is text, and where links lead."""

    tags: list[str] = field(default_factory=list[str])
    text: str = ""
    links: list[str] = field(default_factory=list[str])
    attributes: set[str] = field(default_factory=set[str])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.tags.append(tag)
        self.seen.attributes.update(name for name, _ in attrs)
        self.seen.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.seen.text += data


def seen_in(path: str, page: str) -> Seen:
    reader = _Reader()
    reader.feed(str(MARKDOWN.render(page)) if path.endswith(".md") else page)
    reader.close()
    return reader.seen


def squeezed(text: str) -> str:
    """Without blanks, which pages may show as any others."""
    return "".join(text.split())


def expected(text: str) -> str:
    """How a text must be seen: controls as their pictures, which are no blanks."""
    kept = {code: it for code, it in PICTURES.items() if chr(code) not in "\t\n\r"}
    return squeezed(text.translate(kept))


def dangling(files: dict[str, str]) -> list[str]:
    """Links to files that there are not."""
    return [
        f"{path} -> {link}"
        for path, page in files.items()
        for link in seen_in(path, page).links
        if not link.startswith("https://") and _target(path, link) not in files
    ]


def _target(path: str, link: str) -> str:
    parts = list(PurePosixPath(path).parent.parts)
    for step in link.split("/"):
        if step == "..":
            parts.pop()
        else:
            parts.append(step)
    return "/".join(parts)
