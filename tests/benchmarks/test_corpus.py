from pathlib import Path

import pytest

from benchmarks.corpus.application import application
from benchmarks.corpus.corpora import SEED, Recipe, built, described, expected, write
from benchmarks.corpus.donors import DonorFile, Donors, is_wanted
from benchmarks.corpus.plan import SDK
from benchmarks.corpus.truth import graph_of
from tests.benchmarks.trees import texts, with_donors

NO_DONORS = Donors(beside=(), within=())


def contents(tree: Path) -> dict[str, bytes]:
    files = (file for file in tree.rglob("*") if file.is_file())
    return {file.relative_to(tree).as_posix(): file.read_bytes() for file in files}


def donor_files(folder: Path, **texts_by_package: str) -> list[DonorFile]:
    files: list[DonorFile] = []
    for package, text in texts_by_package.items():
        location = folder / package / "__init__.py"
        location.parent.mkdir(parents=True)
        location.write_text(text)
        files.append(DonorFile(path=f"{package}/__init__.py", location=location))
    return files


def test_the_same_recipe_gives_the_same_bytes(tmp_path: Path) -> None:
    recipe = Recipe(name="small", services=3, within=0, beside=0)

    write(recipe, NO_DONORS, tmp_path / "one")
    write(recipe, NO_DONORS, tmp_path / "other")

    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_another_seed_gives_another_application() -> None:
    assert texts(application(SEED, 3)) != texts(application(SEED + 1, 3))


def test_a_tree_tells_what_it_consists_of_and_what_is_expected(tmp_path: Path) -> None:
    recipe = Recipe(name="small", services=2, within=0, beside=0)

    corpus = built(recipe, NO_DONORS, tmp_path)

    tree = tmp_path / "small"
    sources = [text for path, text in contents(tree).items() if path.endswith(".py")]
    assert corpus == described(tree)
    assert (corpus.files, corpus.size) == (len(sources), sum(map(len, sources)))
    assert corpus.tokens == sum(SDK.encode() in text for text in sources)
    assert (tree / corpus.edited).is_file()
    assert expected(tree) == graph_of(application(SEED, 2))


def test_a_corpus_of_another_generator_is_written_anew(tmp_path: Path) -> None:
    recipe = Recipe(name="small", services=1, within=0, beside=0)
    corpus = built(recipe, NO_DONORS, tmp_path)
    description = tmp_path / "small/corpus.json"
    description.write_text('{"maker": "older"}')
    (tmp_path / "small/left.py").write_text("")

    assert built(recipe, NO_DONORS, tmp_path) == corpus
    assert not (tmp_path / "small/left.py").exists()


def test_a_chain_goes_through_modules_that_name_no_token() -> None:
    generated = application(SEED, 3)
    sources = texts(generated)
    resources = ("announced", "changed", "closed", "db", "files", "key")

    between = {path: text for path, text in sources.items() if "/pipeline/" in path}

    assert len(between) >= 2 * 3
    assert not [path for path, text in between.items() if SDK in text]
    assert not [
        (path, name)
        for path, text in between.items()
        for name in resources
        if f"import {name}" in text or f".{name}" in text
    ]


def test_copies_of_donors_import_themselves(tmp_path: Path) -> None:
    beside = donor_files(
        tmp_path / "donors",
        one="import two\nfrom one.part import one\nimport onerous\n",
        two="    from two import one\n",
    )
    recipe = Recipe(name="copies", services=1, within=0, beside=4)

    corpus = write(recipe, Donors(beside=beside, within=()), tmp_path / "tree")

    assert corpus.packages == ("acme", "one", "one_2", "two", "two_2")
    assert contents(tmp_path / "tree")["one/__init__.py"] == beside[0].read()
    assert contents(tmp_path / "tree")["one_2/__init__.py"] == (
        b"import two_2\nfrom one_2.part import one\nimport onerous\n"
    )
    assert contents(tmp_path / "tree")["two_2/__init__.py"] == b"    from two_2 import one\n"


def test_donor_files_keep_their_text_and_never_name_the_sdk(tmp_path: Path) -> None:
    generated = with_donors(SEED, tmp_path)
    mixed = {module.path: module for module in generated.modules if module.donor is not None}

    assert len(mixed) == 2 * 8
    assert sum(module.matters for module in mixed.values()) == 2 * 2
    for path, module in mixed.items():
        text = texts(generated)[path]
        assert module.donor is not None
        assert text.startswith(module.donor.read().decode().rstrip())
        assert SDK not in text


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("django/db/models.py", True),
        ("django/tests/models.py", False),
        ("django/db/test_models.py", False),
        ("django/db/models_test.py", False),
        ("django/conftest.py", False),
        ("django/db/models.pyi", False),
        ("isympy.py", False),
        ("django/build/models.py", False),
    ],
)
def test_what_a_compared_tool_leaves_out_is_left_out_for_all(path: str, *, wanted: bool) -> None:
    assert is_wanted(path) is wanted
