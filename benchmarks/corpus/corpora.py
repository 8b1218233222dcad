"""Corpora on disk, each with what is expected of it and what it consists of."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.corpus.application import application
from benchmarks.corpus.donors import DonorFile, Donors, donor_packages
from benchmarks.corpus.plan import SDK, TOP
from benchmarks.corpus.rendering import rendered
from benchmarks.corpus.truth import Graph, graph_of

SEED = 20
EXPECTED = "expected.json"
DESCRIPTION = "corpus.json"

_SERVICES = 120
_EACH = 17
_MIXED = 16_900
"""Files of the mixed corpus, of which so many services with so many donor files each are part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """`beside` donor files lie beside the application, `within` in each of its services."""

    name: str
    services: int
    within: int
    beside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """`matter` counts files that a declaration, a use, or a path between them stands in.

    `maker` is a digest of the generator that wrote it.
    """

    name: str
    files: int
    lines: int
    size: int
    tokens: int
    matter: int
    packages: tuple[str, ...]
    edited: str
    maker: str


def mixed(files: int) -> Recipe:
    """A monorepo of about so many files, in which the application has always the same share."""
    services = max(3, round(files * _SERVICES / _MIXED))
    own = services * (_EACH + 16)
    return Recipe(
        name=f"mixed-{files}", services=services, within=_EACH, beside=max(0, files - own)
    )


def half(services: int = _SERVICES) -> Recipe:
    """An application of which about half the files matter."""
    return Recipe(name=f"half-{services}", services=services, within=_EACH, beside=0)


def built(recipe: Recipe, donors: Donors, folder: Path) -> Corpus:
    """Described if this generator wrote it already, else written anew."""
    tree = folder / recipe.name
    if not _is_current(tree):
        partial = folder / f"{recipe.name}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(tree, ignore_errors=True)
        write(recipe, donors, partial)
        partial.rename(tree)
    return described(tree)


def described(tree: Path) -> Corpus:
    fields: dict[str, Any] = json.loads((tree / DESCRIPTION).read_text("utf-8"))
    packages: tuple[str, ...] = tuple(fields.pop("packages"))
    return Corpus(packages=packages, **fields)


def write(recipe: Recipe, donors: Donors, tree: Path) -> Corpus:
    generated = application(SEED, recipe.services, donors.within, recipe.within)
    contents = {module.path: rendered(module) for module in generated.modules}
    matter = sum(module.matters for module in generated.modules)
    beside = _beside(donors.beside, recipe.beside)
    contents.update((file.path, content) for file, content in beside)
    for path, content in contents.items():
        _put(tree / path, content)
    for path, text in generated.others:
        _put(tree / path, text.encode())
    _put(tree / "infragraph.yaml", f"application: {TOP}\n".encode())
    _put(tree / EXPECTED, _json(_expected(graph_of(generated))))
    corpus = Corpus(
        name=recipe.name,
        files=len(contents),
        lines=sum(content.count(b"\n") for content in contents.values()),
        size=sum(map(len, contents.values())),
        tokens=sum(SDK.encode() in content for content in contents.values()),
        matter=matter,
        packages=tuple(sorted({path.partition("/")[0] for path in contents})),
        edited=generated.edited,
        maker=_maker(),
    )
    _put(tree / DESCRIPTION, _json(asdict(corpus)))
    return corpus


def expected(tree: Path) -> Graph:
    document = json.loads((tree / EXPECTED).read_text("utf-8"))
    return Graph(nodes=frozenset(document["nodes"]), edges=frozenset(document["edges"]))


def _is_current(tree: Path) -> bool:
    """Another generator's description may have other fields."""
    file = tree / DESCRIPTION
    return file.is_file() and json.loads(file.read_text("utf-8")).get("maker") == _maker()


def _maker() -> str:
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.*")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _expected(graph: Graph) -> dict[str, object]:
    return {
        "application": TOP,
        "nodes": sorted(graph.nodes),
        "edges": sorted(graph.edges),
        "warnings": [],
    }


def _beside(files: Sequence[DonorFile], count: int) -> Iterator[tuple[DonorFile, bytes]]:
    """So many donor files; once all are taken, copies of them under other top-level names."""
    imports = _imports_of(donor_packages(files))
    for number in range(count):
        copy, index = divmod(number, len(files))
        file = files[index]
        if copy == 0:
            yield file, file.read()
        else:
            yield _copied(file, copy + 1, imports)


def _copied(file: DonorFile, number: int, imports: re.Pattern[bytes]) -> tuple[DonorFile, bytes]:
    """The copy imports its own copies, not the originals."""
    content = imports.sub(rb"\1_%d" % number, file.read())
    package, _, rest = file.path.partition("/")
    return replace(file, path=f"{package}_{number}/{rest}"), content


def _imports_of(packages: Sequence[str]) -> re.Pattern[bytes]:
    names = "|".join(packages).encode()
    return re.compile(rb"^(\s*(?:from|import)\s+(?:" + names + rb"))\b", re.MULTILINE)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _json(document: object) -> bytes:
    return json.dumps(document, indent=2).encode() + b"\n"
