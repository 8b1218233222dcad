"""Generated applications as texts by path, with and without donor files."""

from pathlib import Path

from benchmarks.corpus.application import application
from benchmarks.corpus.donors import DonorFile
from benchmarks.corpus.rendering import rendered
from benchmarks.corpus.written import Application

ODD_PATHS = ("donor/api.py", "donor/2023.1/expand-1.py", "donor/a.py", "donor/b.py", "donor/c.py")


def texts(generated: Application) -> dict[str, str]:
    sources = {module.path: rendered(module).decode() for module in generated.modules}
    return {**sources, **dict(generated.others)}


def with_donors(seed: int, folder: Path) -> Application:
    """Two services; each takes so many donor files that two of them publish."""
    files: list[DonorFile] = []
    for path in ODD_PATHS:
        location = folder / path
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_text("from .elsewhere import *\n\n\ndef work():\n    return publish\n")
        files.append(DonorFile(path=path, location=location))
    return application(seed, 2, files, each=8)
