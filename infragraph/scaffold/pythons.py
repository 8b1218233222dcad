"""Which Python an application is built for."""

import re
import tomllib
from collections.abc import Mapping
from typing import cast

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
USUAL = "3.13"

_LOWEST = re.compile(r"(?:>=|~=|==)\s*(3\.\d+)")
_BELOW = re.compile(r"<\s*(3\.\d+)")


def chosen(pinned: str | None, required: str | None) -> str:
    """By `.python-version` where there is one, else the usual one, as `requires-python` allows."""
    named = re.match(r"\s*(3\.\d+)", pinned or "")
    if named and named[1] in PYTHONS:
        return named[1]
    allowed = [one for one in PYTHONS if _allows(required or "", one)]
    if not allowed or USUAL in allowed:
        return USUAL
    return min(allowed, key=lambda one: abs(PYTHONS.index(one) - PYTHONS.index(USUAL)))


def required_python(project: bytes) -> str | None:
    """What `pyproject.toml` says of it."""
    try:
        document = tomllib.loads(project.decode())
    except (ValueError, RecursionError):
        return None
    table = document.get("project")
    required = (
        cast("Mapping[str, object]", table).get("requires-python")
        if isinstance(table, dict)
        else None
    )
    return required if isinstance(required, str) else None


def _allows(required: str, python: str) -> bool:
    low, below = _LOWEST.search(required), _BELOW.search(required)
    number = _number(python)
    if "==" in required and low:
        return number == _number(low[1])
    return (not low or number >= _number(low[1])) and (not below or number < _number(below[1]))


def _number(python: str) -> int:
    return int(python.partition(".")[2])
