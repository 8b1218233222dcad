"""The templates of fixtures, stored and reviewed like code."""

from dataclasses import replace

import pytest

from infragraph.formats import cloudformation
from infragraph.model.environment import Environment
from infragraph.targets.aws import lower
from tests.expectations import report
from tests.golden.comparing import matches_golden_tree
from tests.targets.aws.templates import PRODUCTION, SHOPS
from tests.test_applications import ROOT


@pytest.mark.parametrize(
    ("fixture", "environment"),
    [("minimal", replace(PRODUCTION, domain=None, alarms_to=None)), ("shop", SHOPS["prod"])],
)
def test_templates_are_as_stored(
    fixture: str, environment: Environment, request: pytest.FixtureRequest
) -> None:
    plan, found = lower(report(ROOT / "fixtures" / fixture).graph, environment)

    assert found == ()
    artifacts = cloudformation.render(plan)
    matches_golden_tree(request, f"{fixture}/aws", {it.path: it.content for it in artifacts})
