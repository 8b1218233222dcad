"""What the clouds' own plans say, as services read it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.formats.runtime import completeness, render
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Plan
from infragraph.schemas import schema
from infragraph.targets import aws, gcp
from tests.diagnostics.validation import mistakes
from tests.formats.applications import APPLICATIONS
from tests.formats.documents import graph_of

Lower: TypeAlias = Callable[[InfraGraph, Environment], tuple[Plan, tuple[Diagnostic, ...]]]

AWS = Environment(name="prod", target="aws", region="eu-central-1", account="123456789012")
GCP = Environment(
    name="pr-7", target="gcp", region="europe-west4", project="shop-prod", project_number="1234"
)
LOWERED: tuple[tuple[Lower, Environment], ...] = ((aws.lower, AWS), (gcp.lower, GCP))
# Nothing is generated for an application with errors.
SOUND = [it for it in APPLICATIONS if it.name != "broken"]


@pytest.mark.parametrize(("lower", "environment"), LOWERED, ids=["aws", "gcp"])
@pytest.mark.parametrize("application", SOUND, ids=lambda it: it.name)
def test_what_a_cloud_gives_is_as_the_schema_says(
    application: Path, lower: Lower, environment: Environment
) -> None:
    graph = graph_of(application)
    plan, _ = lower(graph, environment)

    assert completeness(plan, graph) == ()
    (artifact,) = render(plan, graph, environment)
    assert mistakes(json.loads(artifact.content), schema("runtime")) == []
