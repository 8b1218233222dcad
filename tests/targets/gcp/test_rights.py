"""On Google Cloud is allowed what edges ask for and kinds need: nothing less, nothing more."""

import json
from typing import Any

import pytest

from infragraph.diagnostics.render.json import render
from infragraph.diagnostics.report import FileCounts, Report
from infragraph.model.environment import Size
from infragraph.model.graph import InfraGraph
from infragraph.targets.gcp.needs import NEEDS
from tests.formats.krm.schemas import objects
from tests.targets.gcp.auditing import allowed, relabelled, wanted, wildcards
from tests.targets.gcp.plans import ALL, graph_of, krm_files, plan_of


def as_data(graph: InfraGraph) -> dict[str, Any]:
    """The graph as the command prints it."""
    files = FileCounts(analyzed=0, skipped={})
    found: dict[str, Any] = json.loads(render(Report(graph=graph, diagnostics=(), files=files)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("size", [Size.PRODUCTION, Size.SMALL])
@pytest.mark.parametrize("name", ALL)
def test_bindings_are_the_edges_and_the_needs_of_kinds(name: str, size: Size) -> None:
    graph = as_data(graph_of(name))
    found = objects(krm_files(plan_of(name, size=size), graph_of(name)).values())

    given = relabelled(allowed(found), graph)

    assert sorted(given - wanted(graph)) == []
    assert sorted(wanted(graph) - given) == []
    assert wildcards(found) == []


def test_a_binding_too_many_and_one_too_few_are_seen() -> None:
    graph = as_data(graph_of("shop"))
    found = objects(krm_files(plan_of("shop"), graph_of("shop")).values())
    bindings = [it for it in found if it["kind"] == "IAMPolicyMember"]
    bindings[0]["spec"]["role"] = "roles/editor"

    given = relabelled(allowed(found), graph)

    assert (len(given - wanted(graph)), len(wanted(graph) - given)) == (1, 1)
    assert wildcards(found) == [bindings[0]["metadata"]["name"]]


@pytest.mark.parametrize("name", ALL)
def test_every_binding_is_told_of_with_its_reasons(name: str) -> None:
    plan = plan_of(name)
    bindings = [it for it in plan.resources if it.address.startswith("IAMPolicyMember/")]

    roles = {permission.actions[0] for permission in plan.permissions}

    assert len(plan.permissions) >= len(bindings)
    assert all(it.evidence for it in plan.permissions if it.ground == "edge")
    needed = {
        permission.actions[0] for permission in plan.permissions if permission.ground == "kind"
    }
    assert needed <= {need.role for need in NEEDS}
    assert roles


def test_every_need_says_why() -> None:
    assert [need for need in NEEDS if not (need.why and need.member and need.on)] == []
