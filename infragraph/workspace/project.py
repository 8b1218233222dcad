"""What `pyproject.toml` says: the application's name and the folders that imports start from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """`name` is None where the file gives none; `roots` are relative to it."""

    name: str | None
    roots: tuple[str, ...]


NO_PROJECT = Project(name=None, roots=())


def parse_project(content: bytes) -> Project:
    """What can be read of the file; a broken one says nothing: other tools report it better."""
    import tomllib  # noqa: PLC0415 - most folders that are analyzed hold no such file

    try:
        document: dict[str, object] = tomllib.loads(content.decode())
    except (ValueError, RecursionError):
        # Not only TOML's own error: a number of 5,000 digits is none.
        return NO_PROJECT
    name = _table(document, "project").get("name")
    roots = {root for root in _roots(_table(document, "tool")) if _is_inside(root)}
    return Project(
        name=name if isinstance(name, str) and name else None, roots=tuple(sorted(roots))
    )


def _roots(tool: Mapping[str, object]) -> Iterator[str]:
    yield from _setuptools(_table(tool, "setuptools"))
    build = _table(_table(tool, "hatch"), "build")
    for table in (build, _table(_table(build, "targets"), "wheel")):
        yield from (path.rstrip("/").rpartition("/")[0] for path in _texts(table.get("packages")))
        yield from _texts(table.get("sources"))
        yield from _texts(list(_keyed(table.get("sources"))))
    for package in _list(_table(tool, "poetry").get("packages")):
        yield from _texts([_keyed(package).get("from")])
    yield from _texts([_table(_table(tool, "pdm"), "build").get("package-dir", "")])
    backend = _table(_table(tool, "uv"), "build-backend")
    yield from _texts([backend.get("module-root", "src" if backend else "")])


def _setuptools(table: Mapping[str, object]) -> Iterator[str]:
    find = _table(_table(table, "packages"), "find")
    yield from _texts(find.get("where"))
    yield from _texts([_table(table, "package-dir").get("", "")])


def _is_inside(root: str) -> bool:
    return bool(root) and not root.startswith("/") and ".." not in root.split("/") and root != "."


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    return _keyed(table.get(key))


def _keyed(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _texts(value: object) -> Iterator[str]:
    for item in _list(value):
        if isinstance(item, str):
            yield item.removeprefix("./").rstrip("/")
