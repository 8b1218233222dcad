"""Documents in the script are bodies of Google's APIs."""

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from infragraph.model.environment import Size
from tests.formats.gcloud.discovery import faults
from tests.formats.gcloud.running import script
from tests.targets.gcp.plans import ALL, graph_of, plan_of

SCHEMAS = {"services": "Service", "jobs": "Job", "worker-pools": "WorkerPool"}


def documents(text: str) -> Iterator[tuple[str, Any]]:
    """The documents that `gcloud run … replace` reads, by kind."""
    pattern = r"^  feed_image \S+ gcloud run (\S+) replace [^\n]* <<'(\w+)'\n(.*?)\n\2$"
    for kind, _, document in re.findall(pattern, text, re.MULTILINE | re.DOTALL):
        yield kind, yaml.safe_load(document)


def flag_documents(text: str, flag: str) -> list[Any]:
    lines = [line for line in text.splitlines() if line.startswith("  ensure_listed")]
    words = [word for line in lines for word in shlex.split(line)]
    return [json.loads(it.removeprefix(flag)) for it in words if it.startswith(flag)]


@pytest.mark.parametrize("size", [Size.PRODUCTION, Size.SMALL])
@pytest.mark.parametrize("name", ALL)
def test_documents_of_cloud_run_are_bodies_of_its_api(name: str, size: Size) -> None:
    crons = frozenset(node.name for node in graph_of(name).nodes if node.kind == "cron")
    plan = plan_of(name, size=size, isolated_crons=crons)

    found = list(documents(script(plan, graph_of(name))))

    assert [it for kind, body in found for it in faults("run.v1", SCHEMAS[kind], body)] == []
    kinds = ("RunService", "RunJob", "RunWorkerPool")
    assert len(found) == sum(it.address.startswith(kinds) for it in plan.resources)


@pytest.mark.parametrize("name", ALL)
def test_alerts_are_bodies_of_monitoring(name: str) -> None:
    plan = plan_of(name)

    text = script(plan, graph_of(name))

    policies = flag_documents(text, "--policy=")
    channels = flag_documents(text, "--channel-content=")
    wrong = [it for body in policies for it in faults("monitoring.v3", "AlertPolicy", body)]
    wrong += [
        it for body in channels for it in faults("monitoring.v3", "NotificationChannel", body)
    ]
    assert wrong == []
    # Each is written twice: for when it is made, and for when it is there.
    alerts = [it for it in plan.resources if it.address.startswith("MonitoringAlertPolicy/")]
    assert len(policies) == 2 * len(alerts)


def test_a_misspelt_member_and_a_wrong_type_are_seen() -> None:
    combiners = ["COMBINE_UNSPECIFIED", "AND", "OR", "AND_WITH_MATCHING_RESOURCE"]
    body = {"displayName": 1, "combinr": "OR", "combiner": "XOR"}

    assert faults("monitoring.v3", "AlertPolicy", body) == [
        "AlertPolicy.displayName: no text",
        "AlertPolicy.combinr: unknown",
        f"AlertPolicy.combiner: 'XOR' is none of {combiners}",
    ]
