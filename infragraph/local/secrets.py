"""Secrets on a developer's machine: `.env.infragraph`, which is never committed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = ".env.infragraph"

_LINE = re.compile(r"(?:export\s+)?(?P<name>[A-Z][A-Z0-9_]*)\s*=\s*(?P<value>.*)")
_QUOTED = re.compile(r"""(?P<quote>["'])(?P<text>.*)(?P=quote)""")
_ESCAPES = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\"}


class SecretsError(Exception):
    """A line of the file is no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSecrets:
    """`missing` are the names of the application's secrets that have no value."""

    values: Mapping[str, str]
    missing: tuple[str, ...]


def local_secrets(folder: Path, names: Iterable[str], variables: Mapping[str, str]) -> LocalSecrets:
    """The values of the secrets called `names`; a variable of the environment wins over the file.

    Raises:
        SecretsError: a line of the file cannot be read.
    """
    written = _read(folder / FILE)
    wanted = sorted(names)
    values = {
        name: variables.get(name, written.get(name, ""))
        for name in wanted
        if name in variables or name in written
    }
    return LocalSecrets(values=values, missing=tuple(name for name in wanted if name not in values))


def _read(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        match = _LINE.fullmatch(stripped)
        if match is None:
            # The line itself may hold a secret, so it is not shown.
            message = f"line {number} of {FILE} is no NAME=value"
            raise SecretsError(message)
        found[match["name"]] = _value(match["value"])
    return found


def _value(written: str) -> str:
    quoted = _QUOTED.fullmatch(written)
    if quoted is None:
        return written
    if quoted["quote"] == "'":
        return quoted["text"]
    return re.sub(r"\\[nt\"\\]", lambda match: _ESCAPES[match[0]], quoted["text"])
