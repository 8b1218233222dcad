"""The trees that are edited: one of which all files are parsed, one of which most are not."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.corpus.application import application
from benchmarks.corpus.rendering import rendered
from infragraph.frontend.reading import FEW
from infragraph.usecases.reading import FEW as FEW_FOR_WORKERS
from tests.workspace.trees import grow

_SHOP = Path(__file__).parents[2] / "fixtures" / "shop"
_SEED = 5

MANY = max(FEW, FEW_FOR_WORKERS)
"""Of more files, most are passed over, and the rest is shared by several processes."""


def few(root: Path) -> None:
    """The shop, which has migrations and findings."""
    shutil.copytree(_SHOP, root, ignore=shutil.ignore_patterns("__pycache__"))


def many(root: Path) -> None:
    """A generated application among modules that have to do with nothing, or with little."""
    generated = application(_SEED, 2)
    sources = {module.path: rendered(module).decode() for module in generated.modules}
    grow(root, {**sources, **dict(generated.others), "infragraph.yaml": "application: acme\n"})
    grow(root, _fillers(MANY))


def _fillers(count: int) -> Mapping[str, str]:
    """Chains of imports; every fiftieth module declares something, and its chain leads to it."""
    files: dict[str, str] = {}
    for number in range(count):
        package = f"filler/part_{number // 100}"
        files.setdefault(f"{package}/__init__.py", "")
        lines = [f"LIMIT = {number}", "", "", "def work(value: int) -> int:", "    return LIMIT"]
        if number % 50 == 7:
            lines[:0] = ["from infragraph import Topic", ""]
            lines += ["", "", f'topic = Topic[str]("filler-{number}")']
        elif number % 3 and number > 1:
            before = f"filler.part_{(number - 1) // 100}.module_{number - 1}"
            lines[:0] = [f"from {before} import work as before", ""]
        files[f"{package}/module_{number}.py"] = "\n".join([*lines, ""])
    return files


TREES: Mapping[str, Callable[[Path], None]] = {"few": few, "many": many}
