"""Objects of Config Connector are what its schemas say, and refer to each other."""

import pytest

from infragraph.model.environment import Size
from tests.formats.krm.schemas import dangling, faults, needs_schemas, objects, references
from tests.targets.gcp.plans import ALL, graph_of, krm_files, plan_of

SETTINGS = {
    "production": {},
    "small": {"size": Size.SMALL, "network": "main"},
    "preview": {"size": Size.PREVIEW, "name": "pr-123"},
}


@pytest.mark.slow
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("name", ALL)
def test_every_reference_leads_to_an_object(name: str, settings: dict[str, object]) -> None:
    plan = plan_of(name, **settings)

    found = objects(krm_files(plan, graph_of(name)).values())

    assert list(dangling(found)) == []
    assert references(found) > 0


@needs_schemas
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("name", ALL)
def test_every_object_fits_the_schema_of_its_kind(name: str, settings: dict[str, object]) -> None:
    plan = plan_of(name, **settings)

    found = objects(krm_files(plan, graph_of(name)).values())

    assert list(faults(found)) == []
    assert len(found) == len(plan.resources)


@needs_schemas
def test_a_misspelt_property_breaks_the_schema() -> None:
    found = objects(krm_files(plan_of("shop"), graph_of("shop")).values())
    topic = next(it for it in found if it["kind"] == "PubSubTopic")
    topic["spec"]["messageRetention"] = "600s"

    assert [it.partition(":")[0] for it in faults(found)] == [
        f"PubSubTopic/{topic['metadata']['name']} spec"
    ]


def test_a_reference_to_nothing_is_seen() -> None:
    found = objects(krm_files(plan_of("shop"), graph_of("shop")).values())
    found = [it for it in found if it["kind"] != "ComputeNetwork"]

    assert len(list(dangling(found))) > 1
