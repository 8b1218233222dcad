"""How the work grows with an application: counted in calls, which no busy machine changes."""

import cProfile
import pstats

import pytest

from infragraph.usecases.environments import read
from infragraph.usecases.generators import generator
from infragraph.workspace.configuration import Setting
from tests.compiling import compiled
from tests.targets.generated import application

ENVIRONMENTS: dict[str, Setting] = {
    "aws": {"target": "aws", "region": "eu-west-1", "account": "123456789012"},
    "gcp": {
        "target": "gcp",
        "region": "europe-west4",
        "project": "example-data",
        "project_number": "123456789012",
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("cloud", ENVIRONMENTS)
def test_four_times_the_services_are_hardly_more_than_four_times_the_work(cloud: str) -> None:
    few, many = _calls(cloud, 10), _calls(cloud, 40)

    assert many < 5 * few


def _calls(cloud: str, services: int) -> int:
    """The calls of Python's own functions that a plan takes."""
    graph, _ = compiled(application(services, seed=1))
    environment = read("prod", "prod", ENVIRONMENTS[cloud])
    lower = generator(cloud).lower
    profile = cProfile.Profile(builtins=False)
    profile.runcall(lower, graph, environment)
    return sum(calls for calls, *_ in pstats.Stats(profile).stats.values())  # type: ignore[attr-defined]
