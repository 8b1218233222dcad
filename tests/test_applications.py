"""Whole applications, against graphs that were worked out by hand."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from infragraph.diagnostics.report import Report
from tests import expectations

ROOT = Path(__file__).parents[1]
OWN = (ROOT / "fixtures", ROOT / "tests/applications")
SHARED = ROOT.parent / "shared/apps"


def applications(*folders: Path) -> list[Path]:
    return sorted(
        configuration.parent
        for folder in folders
        for configuration in folder.glob("*/infragraph.yaml")
    )


# What the tool gets wrong, by what is compared. Strict: what is mended has to be taken out.
KNOWN: Mapping[str, Mapping[str, str]] = {}


def compared(what: str, folders: Iterable[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("folder", [parameter(what, folder) for folder in folders])


def parameter(what: str, folder: Path) -> ParameterSet:
    name = f"{folder.parent.name}/{folder.name}"
    reason = KNOWN.get(what, {}).get(name)
    marks = () if reason is None else (pytest.mark.xfail(reason=reason),)
    return pytest.param(folder, id=name, marks=marks)


def telling(key: str) -> list[Path]:
    """The applications whose expectations tell more than nodes, edges and findings."""
    return [folder for folder in EVERY if key in expectations.expected(folder)]


OWN_APPLICATIONS = applications(*OWN)
SHARED_APPLICATIONS = applications(SHARED)
EVERY = [*OWN_APPLICATIONS, *SHARED_APPLICATIONS]


@cache
def report(folder: Path) -> Report:
    return expectations.report(folder)


def test_every_application_of_this_repository_has_its_expected_graph() -> None:
    without = [folder for folder in OWN_APPLICATIONS if not (folder / expectations.FILE).is_file()]

    assert without == []
    assert {folder.name for folder in OWN_APPLICATIONS} >= {"minimal", "shop", "broken"}


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared applications are not beside the repository"
)
def test_the_shared_applications_are_compared_too() -> None:
    assert SHARED_APPLICATIONS != []


@compared("nodes", EVERY)
def test_nodes_are_those_expected(folder: Path) -> None:
    graph = report(folder).graph
    expected = expectations.expected(folder)

    assert graph.application == expected["application"]
    assert [node.id for node in graph.nodes] == expected["nodes"]


@compared("edges", EVERY)
def test_edges_are_those_expected(folder: Path) -> None:
    assert expectations.edges(report(folder)) == expectations.expected(folder)["edges"]


@compared("findings", EVERY)
def test_findings_are_those_expected(folder: Path) -> None:
    found = report(folder)
    expected = expectations.expected(folder)

    errors = expectations.findings_expected(expected.get("errors", ()), found)
    warnings = expectations.findings_expected(expected["warnings"], found)

    assert expectations.errors(found) == errors
    assert expectations.warnings(found) == warnings


@compared("details", telling("details"))
def test_evidence_access_and_operations_are_those_expected(folder: Path) -> None:
    expected = expectations.expected(folder)["details"]

    assert expectations.details(report(folder), expected) == expected


@compared("unresolved", telling("unresolved"))
def test_what_is_unresolved_is_exactly_what_is_expected(folder: Path) -> None:
    expected = expectations.expected(folder)["unresolved"]

    assert expectations.unresolved(report(folder)) == expectations.in_order(expected)
