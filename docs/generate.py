"""Writes what the code says into the documentation; with `--check` says instead what would change.

    python -m docs.generate [--check]

`docs/reference/` and `docs/images/` are written whole; in pages that people wrote, what commands
print is.
"""

import difflib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from typer.main import get_command

from docs.generating import (
    aws,
    commands,
    declarations,
    outputs,
    portability,
    problems,
    schemas,
    walkthrough,
)
from infragraph.cli.entry import application
from infragraph.portability.limits import ALL_PROVIDERS
from infragraph.schemas import schema
from infragraph.usecases.problems import ALL_PROBLEMS

ROOT = Path(__file__).parents[1]
REFERENCE = "docs/reference"
PORTABILITY = "docs/portability.md"
SHOWING_OUTPUT = ("README.md", "docs/queries.md")
IMAGES = {
    "docs/images/shop.svg": ["diagram", "fixtures/shop"],
    "docs/images/shop-events.svg": ["diagram", "fixtures/shop", "--view", "events"],
    "docs/images/shop-orders.svg": ["diagram", "fixtures/shop", "--view", "service:orders"],
}
"""What the command draws, by the file that shows it."""

TUTORIAL = "docs/tutorial.md"
TUTORIAL_APPLICATION = "fixtures/shop"


def main(arguments: list[str], root: Path = ROOT) -> int:
    present = read(root)
    wanted = {**reference(), **limits(), **images(), **shown(present)}
    if arguments == ["--check"]:
        changes = list(difference(present, wanted))
        sys.stdout.writelines(changes)
        if changes:
            print("the documentation is not what the code says; 'make docs' writes it")
        return 1 if changes else 0
    if arguments:
        print("usage: python -m docs.generate [--check]", file=sys.stderr)
        return 2
    write(root, present, wanted)
    return 0


def reference() -> Mapping[str, str]:
    """Every page of the reference, by path."""
    graph = schema("graph")
    problem_pages = dict(problems.pages(ALL_PROBLEMS))
    pages = {
        **dict(declarations.pages(graph, problem_pages)),
        **problem_pages,
        "aws.md": aws.text(),
        "command-line.md": commands.text(get_command(application())),
        "configuration.md": schemas.configuration(schema("config")),
        "graph.md": schemas.graph(graph),
    }
    return {f"{REFERENCE}/{path}": text for path, text in pages.items()}


def limits() -> Mapping[str, str]:
    """The page on what clouds and brokers allow."""
    return {PORTABILITY: portability.text(ALL_PROVIDERS, ALL_PROBLEMS)}


def images() -> Mapping[str, str]:
    return {path: output_of([*arguments, "--format", "svg"]) for path, arguments in IMAGES.items()}


def shown(present: Mapping[str, str]) -> Mapping[str, str]:
    """The pages that show what commands print, as they print it now."""
    pages = {
        path: outputs.filled(present[path], output_of) for path in SHOWING_OUTPUT if path in present
    }
    if TUTORIAL in present:
        files = tutorial_application()
        pages[TUTORIAL] = walkthrough.filled(present[TUTORIAL], files, output_beside)
    return pages


def tutorial_application() -> Mapping[str, str]:
    folder = ROOT / TUTORIAL_APPLICATION
    paths = (path for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts)
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if path.is_file()
    }


def output_beside(arguments: list[str], files: Mapping[str, str]) -> str:
    """What the command prints in a folder of its own that holds these files."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), {}, files)
        return output_of(arguments, Path(folder))


def output_of(arguments: list[str], folder: Path = ROOT) -> str:
    """What the command prints in a folder, as in a file."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "VIRTUAL_ENV"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "infragraph", *arguments],
        cwd=folder,
        env=plain,
        capture_output=True,
        check=False,
    )
    # Findings are worth showing; a bug is not.
    assert done.returncode in {0, 1}, done.stderr.decode()
    return done.stdout.decode()


def read(root: Path) -> Mapping[str, str]:
    paths = [
        *root.glob(f"{REFERENCE}/**/*.md"),
        *root.glob("docs/images/*.svg"),
        *(root / path for path in (*SHOWING_OUTPUT, PORTABILITY, TUTORIAL)),
    ]
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(paths)
        if path.exists()
    }


def difference(present: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    """What a run would change, page by page."""
    for path in sorted({*present, *wanted}):
        yield from difflib.unified_diff(
            present.get(path, "").splitlines(keepends=True),
            wanted.get(path, "").splitlines(keepends=True),
            path,
            f"{path} as the code says",
        )


def write(root: Path, present: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    for path in present.keys() - wanted.keys():
        (root / path).unlink()
    for path, text in wanted.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
