"""Stored outputs: whole files under their real names, reviewed like code."""

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
