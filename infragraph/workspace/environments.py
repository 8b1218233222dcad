"""Packages of an environment, found by its layout: no interpreter of it is ever started."""

from collections.abc import Iterator
from pathlib import Path

from infragraph.workspace.reading import NotRead, read

_LAYOUTS = (
    "lib/python3*/site-packages",
    "lib64/python3*/site-packages",
    "lib/python3*/dist-packages",
    "Lib/site-packages",
)


def site_packages(python: str | None, root: Path, active: str | None) -> tuple[Path, ...]:
    """The folders that an environment imports from.

    `python` names an interpreter or the environment's folder; without it, the tree's own `.venv` or
    `venv` counts, then the `active` one.
    """
    if python is not None:
        return tuple(_folders(_environment(python)))
    own = (root / name for name in (".venv", "venv") if (root / name / "pyvenv.cfg").is_file())
    environment = next(own, Path(active) if active else None)
    return () if environment is None else tuple(_folders(environment))


def find_package(package: str, folders: tuple[Path, ...]) -> Path | None:
    """The folder of a package, or the file of a module."""
    relative = package.replace(".", "/")
    for folder in folders:
        if (folder / relative).is_dir():
            return folder / relative
        if (folder / f"{relative}.py").is_file():
            return folder / f"{relative}.py"
    return None


def _environment(python: str) -> Path:
    path = Path(python)
    if path.is_dir():
        return path
    if not path.exists():
        import shutil  # noqa: PLC0415 - rarely needed

        found = shutil.which(python)
        if found is None:
            raise FileNotFoundError(2, "there is no such Python or environment", python)
        path = Path(found)
    # An environment's interpreter is a link out of it: the folder is what counts, not the target.
    return path.absolute().parent.parent


def _folders(environment: Path) -> Iterator[Path]:
    for pattern in _LAYOUTS:
        for folder in sorted(environment.glob(pattern)):
            yield folder
            yield from _editable(folder)


def _editable(folder: Path) -> Iterator[Path]:
    """Folders that `.pth` files add; a line that is code is never run."""
    for file in sorted(folder.glob("*.pth")):
        content = read(str(file))
        if isinstance(content, NotRead):
            continue
        for line in content.decode(errors="replace").splitlines():
            if line and not line.startswith(("#", "import ", "import\t")):
                added = folder / line.strip()
                if added.is_dir():
                    yield added
