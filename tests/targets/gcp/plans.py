"""Applications lowered to Google Cloud, for tests to look at what became of them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.formats import krm
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Plan
from infragraph.targets.gcp import lower
from tests.compiling import compiled
from tests.targets.generated import application
from tests.test_applications import OWN_APPLICATIONS, SHARED_APPLICATIONS, report

PRODUCTION = Environment(
    name="prod",
    target="gcp",
    region="europe-west4",
    project="example-prod-1",
    project_number="123456789012",
    image_platform="linux/amd64",
    alarms_to="oncall@example.com",
)

SHOP = next(folder for folder in OWN_APPLICATIONS if folder.name == "shop")
WHOLE_APPLICATIONS = (
    *(folder for folder in OWN_APPLICATIONS if folder.name in {"minimal", "shop"}),
    *SHARED_APPLICATIONS,
)
"""Applications that have no mistakes."""

GENERATED = "generated"
"""Stands for the application of 40 services."""

ALL = [*(folder.name for folder in WHOLE_APPLICATIONS), GENERATED]


@cache
def graph_of(name: str) -> InfraGraph:
    if name == GENERATED:
        return compiled(application(40, seed=1))[0]
    folder = next(folder for folder in WHOLE_APPLICATIONS if folder.name == name)
    return report(folder).graph


def plan_of(name: str, /, **settings: object) -> Plan:
    """Without an error; external topics are bound to topics of another project."""
    return planned(graph_of(name), **settings)


def planned(graph: InfraGraph, /, **settings: object) -> Plan:
    plan, found = lowered(graph, **settings)
    assert [it.message for it in found if it.severity.value == "error"] == []
    return plan


def lowered(graph: InfraGraph, /, **settings: object) -> tuple[Plan, tuple[Diagnostic, ...]]:
    return lower(graph, environment(graph, **settings))


def environment(graph: InfraGraph, /, **settings: object) -> Environment:
    external = {
        node.id: f"projects/example-others/topics/{node.name}"
        for node in graph.nodes
        if node.properties.get("external")
    }
    given: dict[str, object] = {
        name: getattr(PRODUCTION, name) for name in PRODUCTION.__dataclass_fields__
    }
    bindings = settings.pop("bindings", {})
    assert isinstance(bindings, Mapping)
    return Environment(**{**given, **settings, "bindings": {**external, **bindings}})  # type: ignore[arg-type]


def krm_files(plan: Plan, graph: InfraGraph) -> dict[str, str]:
    rendered = krm.render(plan, graph, environment(graph))
    return {artifact.path: artifact.content for artifact in rendered}


def folder_of(name: str) -> Path:
    return next(folder for folder in WHOLE_APPLICATIONS if folder.name == name)
