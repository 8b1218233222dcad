"""Stored outputs: whole files under their real names, reviewed like code."""

from collections.abc import Mapping
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def matches_golden(request: pytest.FixtureRequest, name: str, text: str) -> None:
    """Compare with the stored file; `pytest --update-golden` writes it instead."""
    stored = FOLDER / name
    if request.config.getoption("--update-golden"):
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(text, encoding="utf-8")
    assert stored.is_file(), f"{name} is not stored; run pytest --update-golden"
    assert text == stored.read_text(encoding="utf-8")


def matches_golden_tree(
    request: pytest.FixtureRequest, name: str, files: Mapping[str, str]
) -> None:
    """As `matches_golden`, for a folder with these files by path and no others."""
    folder = FOLDER / name
    if request.config.getoption("--update-golden"):
        for stale in set(_stored(folder)) - set(files):
            (folder / stale).unlink()
    for path, text in files.items():
        matches_golden(request, f"{name}/{path}", text)
    assert sorted(files) == _stored(folder)


def _stored(folder: Path) -> list[str]:
    found = (it for it in folder.rglob("*") if it.is_file())
    return sorted(it.relative_to(folder).as_posix() for it in found)
