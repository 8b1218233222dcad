"""Trees on disk, and how they are discovered in tests."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from infragraph.usecases.problems import ALL_PROBLEMS, codes_by_slug
from infragraph.usecases.reading import reading
from infragraph.workspace.tree import Surroundings, Tree, discover

SURROUNDINGS = Surroundings(slugs=codes_by_slug(ALL_PROBLEMS), python=None, active_environment=None)


def grow(root: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def found(root: Path, surroundings: Surroundings = SURROUNDINGS) -> Tree:
    """The tree with the contents of its files in memory."""
    with reading(jobs=1) as files:
        tree = discover(str(root), surroundings, files.survey)
        sources = (
            replace(source, content=files.contents(source), location=None)
            for source in tree.sources
        )
        return replace(tree, sources=tuple(sources))


def modules(tree: Tree) -> dict[str, str]:
    return {file.path: file.module for file in tree.sources}


def findings(tree: Tree) -> list[tuple[str, str]]:
    return [(one.span.path, one.slug) for one in (*tree.diagnostics, *tree.configuration_mistakes)]
