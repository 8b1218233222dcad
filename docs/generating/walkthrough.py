"""A page that leads a reader through an application, step by step.

Blocks of `console` show commands with what they print, blocks of `diff` change a file before the
next command, and blocks of `json` are edges of the graph as it was before any change.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Files: TypeAlias = Mapping[str, str]
"""An application's text files by path."""

Run: TypeAlias = Callable[[list[str], Files], str]
"""What `infragraph` prints with these arguments in a folder that holds these files."""

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)

_COMMAND = "infragraph "
"""What a command begins with that is run; others prepare the reader's machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    language: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(page):
        yield Block(language=found["language"], text=found["text"])


def filled(page: str, files: Files, run: Run) -> str:
    """The page with every output and every edge as the command prints them now."""
    graph: Mapping[str, Any] = json.loads(run(["analyze", "--format", "json"], files))
    edges = {_ends(edge): edge for edge in graph["edges"]}
    now = files

    def shown(found: re.Match[str]) -> str:
        nonlocal now
        text = found["text"]
        match found["language"]:
            case "diff":
                now = edited(now, text)
            case "json":
                text = json.dumps(edges[_ends(json.loads(text))], indent=2) + "\n"
            case "console":
                text = "".join(_session(text, now, run))
            case _:
                pass
        return f"```{found['language']}\n{text}```"

    return _BLOCK.sub(shown, page)


def edited(files: Files, diff: str) -> Files:
    """The files after a change of the form `--- path`, `-old line`, `+new line`."""
    head, *lines = diff.splitlines(keepends=True)
    path = head.removeprefix("--- ").strip()
    old = "".join(line[1:] for line in lines if line[0] in "- ")
    new = "".join(line[1:] for line in lines if line[0] in "+ ")
    if files[path].count(old) != 1:
        message = f"{old!r} does not stand once in {path}"
        raise ValueError(message)
    return {**files, path: files[path].replace(old, new)}


def _session(text: str, files: Files, run: Run) -> Iterator[str]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command = part.partition("\n")[0]
        yield f"$ {command}\n"
        if command.startswith(_COMMAND):
            yield run(command.removeprefix(_COMMAND).split(), files)


def _ends(edge: Mapping[str, Any]) -> tuple[str, str, str]:
    return edge["source"], edge["relation"], edge["target"]
