"""Applications as texts, lowered for an environment."""

from collections.abc import Mapping

from infragraph.model.environment import Environment
from infragraph.model.plan import PlannedResource
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.shared import Setting
from tests.compiling import compiled

PRODUCTION = Environment(name="prod", target="aws", region="eu-west-1", account="123456789012")


def setting(files: Mapping[str, str], environment: Environment = PRODUCTION) -> Setting:
    """Of a whole application, which has no mistakes."""
    graph, found = compiled(files)
    assert [it.message for it in found if it.severity.value == "error"] == []
    return Setting(graph=graph, environment=environment)


def resource(planned: Planned, address: str) -> PlannedResource:
    return next(it for it in planned.resources if it.address == address)


def addresses(planned: Planned) -> list[str]:
    return sorted(it.address for it in planned.resources)
