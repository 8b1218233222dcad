"""Every problem, planted into the shop: one mistake there gives one finding, at its place."""

import shutil
from pathlib import Path

import pytest

from infragraph.diagnostics.diagnostic import Severity
from infragraph.usecases.problems import ALL_PROBLEMS
from tests.analyzing import findings
from tests.generating import generation_findings
from tests.mutations import MUTATIONS
from tests.mutations.clauses import CLAUSES
from tests.mutations.generation import ENVIRONMENT, GENERATION
from tests.mutations.mutation import Mutation, planted
from tests.mutations.on_disk import ON_DISK, UNPLANTED, Planting

pytestmark = pytest.mark.slow

SHOP = Path(__file__).parents[1] / "fixtures/shop"
CODES = {problem.code for problem in ALL_PROBLEMS}
PLANTED = {mutation.code for mutation in (*MUTATIONS, *GENERATION)} | {
    planting.code for planting in ON_DISK
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHOP, tmp_path / "shop"))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_one_mistake_gives_one_finding_at_its_place(mutation: Mutation, shop: Path) -> None:
    span = planted(mutation.changes, shop)

    found = findings(shop)

    assert [(it.code, it.span) for it in found] == [(mutation.code, span)], [
        it.message for it in found
    ]


@pytest.mark.parametrize("mutation", GENERATION, ids=str)
def test_one_mistake_gives_one_finding_once_something_is_generated(
    mutation: Mutation, shop: Path
) -> None:
    span = planted(mutation.changes, shop)

    assert findings(shop) == ()

    found = generation_findings(shop, ENVIRONMENT)

    assert [(it.code, it.span) for it in found if it.severity != Severity.INFO] == [
        (mutation.code, span)
    ]


def test_nothing_stands_in_the_way_of_generating_the_shop_itself(shop: Path) -> None:
    assert [
        it for it in generation_findings(shop, ENVIRONMENT) if it.severity != Severity.INFO
    ] == []


@pytest.mark.parametrize("planting", ON_DISK, ids=str)
def test_a_file_that_is_at_fault_as_a_file_is_one_finding(planting: Planting, shop: Path) -> None:
    planting.plant(shop)

    found = findings(shop)

    assert [(it.code, it.span.path) for it in found] == [(planting.code, planting.path)]


def test_the_shop_itself_has_no_finding(shop: Path) -> None:
    assert findings(shop) == ()


def test_every_problem_is_planted_or_told_why_not() -> None:
    assert PLANTED | UNPLANTED.keys() == CODES
    assert PLANTED & UNPLANTED.keys() == set()


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_mistake_that_has_to_be_found_has_its_problem(clause: str) -> None:
    assert CLAUSES[clause] != ()
    assert set(CLAUSES[clause]) <= PLANTED
