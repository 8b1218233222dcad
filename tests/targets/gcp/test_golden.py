"""Files for Google Cloud, whole, to be reviewed like code."""

import pytest

from infragraph.formats import gcloud, krm
from tests.golden.comparing import matches_golden_tree
from tests.targets.gcp.plans import environment, graph_of, plan_of


@pytest.mark.parametrize("name", ["minimal", "shop"])
def test_files_are_those_that_are_stored(name: str, request: pytest.FixtureRequest) -> None:
    graph = graph_of(name)
    plan = plan_of(name)
    of = environment(graph)

    artifacts = (*krm.render(plan, graph, of), *gcloud.render(plan, graph, of))

    files = {artifact.path: artifact.content for artifact in artifacts}
    matches_golden_tree(request, f"{name}/gcp", files)
