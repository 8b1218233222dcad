"""The SDK's docstrings, which are its manual, as Markdown."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docs.generating.markdown import fenced

_SECTIONS = frozenset({"Args", "Attributes", "Raises"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Docstring:
    """Prose and examples as Markdown, and what each section says by name."""

    body: str
    sections: Mapping[str, Mapping[str, str]]


def read(text: str) -> Docstring:
    body: list[str] = []
    sections: dict[str, Mapping[str, str]] = {}
    for block in _blocks(inspect.cleandoc(text)):
        head, _, rest = block.partition("\n")
        if head.endswith(":") and head[:-1] in _SECTIONS:
            sections[head[:-1]] = _entries(rest)
        else:
            body.append(block)
    return Docstring(body="\n\n".join(_rendered(body)), sections=sections)


def _blocks(text: str) -> Iterator[str]:
    """Stretches of unindented prose, of code, and of a section with all its lines."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line or not lines:
            lines.append(line)
        else:
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)


def _rendered(blocks: list[str]) -> Iterator[str]:
    example: list[str] = []
    for block in blocks:
        prose, indented = _split(block)
        if prose and example:
            yield fenced("\n\n".join(example), "python")
            example = []
        if prose:
            yield " ".join(prose.split())
        if indented:
            example.append(indented)
    if example:
        yield fenced("\n\n".join(example), "python")


def _split(block: str) -> tuple[str, str]:
    """The prose of a block, and the code that is it or follows it without a blank line."""
    lines = block.split("\n")
    first = next((n for n, line in enumerate(lines) if line.startswith(" ")), len(lines))
    prose = "\n".join(lines[:first])
    if prose and _is_code(block):
        # A docstring of one line and an example keeps no trace of the example's indentation.
        return "", block
    return prose, inspect.cleandoc("\n" + "\n".join(lines[first:]))


def _is_code(text: str) -> bool:
    try:
        statements = ast.parse(text).body
    except SyntaxError:
        return False
    return not all(
        isinstance(one, ast.Expr) and isinstance(one.value, ast.Name) for one in statements
    )


def _entries(text: str) -> Mapping[str, str]:
    """`name: what it is`, where a name may stand for several, each continued by deeper lines."""
    entries: dict[str, str] = {}
    names: list[str] = []
    for line in inspect.cleandoc("\n" + text).split("\n"):
        if line.startswith(" "):
            for name in names:
                entries[name] += f" {line.strip()}"
            continue
        written, _, meaning = line.partition(": ")
        names = [name.strip() for name in written.split(",")]
        entries |= dict.fromkeys(names, meaning)
    return entries
