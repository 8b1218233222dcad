"""`uv.lock`: which of the packages that it locks are there for the compiler alone."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

DISTRIBUTION = "infragraph-cli"

_PUBLIC_INDEXES = frozenset({"https://pypi.org/simple", "https://pypi.org/simple/"})

Wanted: TypeAlias = tuple[str, str | None]
"""A package by its name, or one of its extras."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What the boilerplate must know of a lock.

    `compiler_only` are the packages, sorted, that nothing but the compiler needs: an image that
    serves can do without. `has_runtime` says whether infragraph itself is among what the
    application needs, and `extras` which of its extras are. `has_private_index` says whether a
    package comes from elsewhere than PyPI.
    """

    compiler_only: tuple[str, ...]
    has_runtime: bool
    extras: frozenset[str]
    has_private_index: bool


def parse_lock(content: bytes) -> Lock | None:
    """None where it cannot be read: uv tells why better."""
    try:
        document = tomllib.loads(content.decode())
    except (ValueError, RecursionError):
        return None
    packages = [one for one in _list(document.get("package")) if isinstance(one.get("name"), str)]
    by_name: dict[str, list[Mapping[str, Any]]] = {}
    for package in packages:
        by_name.setdefault(package["name"], []).append(package)
    own = [package["name"] for package in packages if _is_own(package)]
    needed = {name for name, _ in _reached(by_name, own, has_compiler=True)}
    reached = _reached(by_name, own, has_compiler=False)
    served = {name for name, _ in reached}
    return Lock(
        compiler_only=tuple(sorted(needed - served)),
        has_runtime=DISTRIBUTION in served,
        extras=frozenset(extra for name, extra in reached if name == DISTRIBUTION and extra),
        has_private_index=any(_is_private(package) for package in packages),
    )


def _reached(
    by_name: Mapping[str, list[Mapping[str, Any]]], own: Iterable[str], *, has_compiler: bool
) -> frozenset[Wanted]:
    """All that these packages need, whatever the platform."""
    waiting: list[Wanted] = [(name, None) for name in own]
    seen: set[Wanted] = set()
    while waiting:
        wanted = waiting.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        name, extra = wanted
        if name == DISTRIBUTION and extra is None and not has_compiler:
            continue  # What the distribution needs beside its extras, the compiler needs.
        for package in by_name.get(name, ()):
            waiting.extend(_wanted(package, extra))
    return frozenset(seen)


def _wanted(package: Mapping[str, Any], extra: str | None) -> Iterator[Wanted]:
    table = package if extra is None else _table(package.get("optional-dependencies"))
    for requirement in _list(table.get("dependencies" if extra is None else extra)):
        name, extras = requirement.get("name"), requirement.get("extra")
        if isinstance(name, str):
            yield name, None
            yield from ((name, one) for one in _texts(extras))


def _is_own(package: Mapping[str, Any]) -> bool:
    source = _table(package.get("source"))
    return "." in (source.get("virtual"), source.get("editable"))


def _is_private(package: Mapping[str, Any]) -> bool:
    registry = _table(package.get("source")).get("registry")
    return isinstance(registry, str) and registry not in _PUBLIC_INDEXES


def _list(value: object) -> list[Mapping[str, Any]]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return [_table(one) for one in items]


def _texts(value: object) -> list[str]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return [one for one in items if isinstance(one, str)]


def _table(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}
