"""`apply.sh` with the real `gcloud`, whose calls end at APIs of ours on loopback."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.compiling import compiled
from tests.formats.gcloud.fake_apis import APIS, FakeApis
from tests.formats.gcloud.running import IMAGE, script
from tests.targets.gcp.plans import planned

STAGES = ("accounts", "data", "topics", "access", "subscriptions", "schedules")
"""Those whose APIs are here: Compute Engine, Cloud SQL, Cloud Run and Monitoring are not."""

FILES = {
    "shop.py": '''
from dataclasses import dataclass

from infragraph import Attribute, Bucket, Secret, Service, Topic

shop = Service("shop")


@dataclass(frozen=True)
class Order:
    id: str
    country: Attribute[str]


orders = Topic[Order]("orders", ordering_key="id")
files = Bucket("files", versioned=True)
key = Secret("API_KEY")


@shop.cron("sweep", schedule="30 3 * * 1-5", timezone="Europe/Amsterdam")
async def sweep() -> None:
    """Say "tidy up", for `$HOME` and 5 % more; it's nightly."""
    await files.upload(key.get(), b"")
    await orders.publish(Order("1", country="NL"))


@shop.subscribe(orders, "ship", filter={"country": ("NL", "BE")})
async def ship(order: Order) -> None: ...


@shop.subscribe(orders, "count", concurrency=3)
async def count(order: Order) -> None: ...
'''
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough,  # two hundred calls of a program that takes a second to start
    pytest.mark.skipif(shutil.which("gcloud") is None, reason="gcloud is not there"),
]


def run(folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "CLOUDSDK_CONFIG": str(folder / "configuration"),
        "CLOUDSDK_AUTH_DISABLE_CREDENTIALS": "1",
        "CLOUDSDK_CORE_DISABLE_PROMPTS": "1",
        "CLOUDSDK_CORE_DISABLE_USAGE_REPORTING": "1",
        "CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK": "1",
        "INFRAGRAPH_IMAGE": IMAGE,
        "INFRAGRAPH_RETRY_SECONDS": "0",
        **{f"CLOUDSDK_API_ENDPOINT_OVERRIDES_{api.upper()}": f"{address}/{api}/" for api in APIS},
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE": f"{address}/storage/storage/v1/",
    }
    return subprocess.run(
        ["bash", str(folder / "apply.sh"), *(it for name in STAGES for it in ("--only", name))],  # noqa: S607
        env=variables,
        capture_output=True,
        text=True,
        timeout=230,
        check=False,
    )


def commands(ran: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in ran.stderr.splitlines() if line.startswith("gcloud ")]


def test_it_takes_every_word_and_sends_what_the_apis_know(tmp_path: Path) -> None:
    graph, _ = compiled(FILES)
    (tmp_path / "apply.sh").write_text(script(planned(graph), graph), encoding="utf-8")
    apis = FakeApis()

    with apis.serving() as address:
        first = run(tmp_path, address)
        made = dict(apis.things)
        second = run(tmp_path, address)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr[-2000:] + second.stderr
    assert apis.faults == []
    assert [it for it in commands(second) if " create " in it] == []
    job = next(body for path, body in made.items() if "/jobs/" in path)
    assert job["description"] == 'Say "tidy up", for `$HOME` and 5 % more; it\'s nightly.'
    ship = next(body for path, body in made.items() if path.endswith("orders-ship"))
    assert ship["filter"] == 'attributes.country = "NL" OR attributes.country = "BE"'
    assert ship["enableMessageOrdering"] is True
    assert ship["deadLetterPolicy"]["maxDeliveryAttempts"] == 5
    assert ship["pushConfig"]["oidcToken"]["serviceAccountEmail"].startswith("app--prod--push--0@")
    count = next(body for path, body in made.items() if path.endswith("orders-count"))
    assert "pushConfig" not in count
    assert apis.things.keys() == made.keys()
    updated = next(body for path, body in apis.things.items() if path.endswith("orders-count"))
    assert updated["pushConfig"] == {"pushEndpoint": ""}
    assert updated["enableExactlyOnceDelivery"] is False
