"""Paths with parameters, compiled once and then looked up part by part."""

from collections.abc import Sequence
from typing import Generic, TypeVar
from urllib.parse import unquote_to_bytes

T = TypeVar("T")


class Paths(Generic[T]):
    """What is at each path; of two that fit, a name goes before a parameter, that before a rest."""

    __slots__ = ("_constant", "_root")

    def __init__(self) -> None:
        self._constant: dict[str, T] = {}
        self._root: _Branch[T] = _Branch()

    def add(self, path: str, there: T) -> None:
        """Put something at a path, unless something is there."""
        branch = self._root
        for part in path.split("/")[1:]:
            if part.startswith("{") and part.endswith(":path}"):
                branch.rest = there if branch.rest is None else branch.rest
                return
            branch = branch.below(part)
        if branch.end is None:
            branch.end = there
        if "{" not in path:
            self._constant.setdefault(path, there)

    def constant(self, path: str) -> T | None:
        """What is at a path that has no parameter."""
        return self._constant.get(path)

    def find(self, parts: Sequence[str]) -> tuple[T, list[str]] | None:
        """What fits, with the values of its parameters in the order of the path."""
        values: list[str] = []
        found = _found(self._root, parts, 0, values)
        return None if found is None else (found, values)


def parts_of(path: str, raw: bytes | None) -> list[str]:
    """A path's parts, decoded one by one: a slash that is percent-encoded divides nothing."""
    if raw is None or b"%" not in raw:
        return path.split("/")[1:]
    return [unquote_to_bytes(part).decode("utf-8", "replace") for part in raw.split(b"/")[1:]]


class _Branch(Generic[T]):
    """What follows on the parts before; `end` is at these parts, `rest` at whatever follows."""

    __slots__ = ("end", "names", "parameter", "rest")

    def __init__(self) -> None:
        self.names: dict[str, _Branch[T]] = {}
        self.parameter: _Branch[T] | None = None
        self.rest: T | None = None
        self.end: T | None = None

    def below(self, part: str) -> "_Branch[T]":
        if not part.startswith("{"):
            return self.names.setdefault(part, _Branch())
        if self.parameter is None:
            self.parameter = _Branch()
        return self.parameter


def _found(branch: _Branch[T], parts: Sequence[str], at: int, values: list[str]) -> T | None:
    if at == len(parts):
        return branch.end
    part = parts[at]
    below = branch.names.get(part)
    if below is not None:
        found = _found(below, parts, at + 1, values)
        if found is not None:
            return found
    if branch.parameter is not None and part:
        values.append(part)
        found = _found(branch.parameter, parts, at + 1, values)
        if found is not None:
            return found
        values.pop()
    if branch.rest is not None:
        values.append("/".join(parts[at:]))
        return branch.rest
    return None
