"""`apply.sh` makes all that a plan has, once, with the words that `gcloud` takes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infragraph.model.environment import Size
from infragraph.model.plan import Plan
from tests.compiling import compiled
from tests.formats.gcloud.running import Machine, machine, run, script
from tests.targets.gcp.plans import ALL, graph_of, plan_of, planned

KINDS = {
    "IAMServiceAccount": "iam service-accounts",
    "PubSubTopic": "pubsub topics",
    "PubSubSubscription": "pubsub subscriptions",
    "SecretManagerSecret": "secrets",
    "StorageBucket": "storage buckets",
    "SQLDatabase": "sql databases",
    "SQLUser": "sql users",
    "SQLInstance": "sql instances",
    "RunService": "run services",
    "RunJob": "run jobs",
    "RunWorkerPool": "run worker-pools",
    "CloudSchedulerJob": "scheduler jobs",
    "MonitoringAlertPolicy": "monitoring policies",
    "MonitoringNotificationChannel": "monitoring channels",
    "ComputeNetwork": "compute networks",
}

SIZED = [
    pytest.param("minimal", {}, id="minimal"),
    pytest.param("minimal", {"size": Size.PREVIEW, "name": "pr-123"}, id="minimal-preview"),
    *(pytest.param(name, {}, id=name, marks=pytest.mark.slow) for name in ALL[1:]),
]


def counted(plan: Plan) -> dict[str, int]:
    kinds = [resource.type.rpartition("/")[2] for resource in plan.resources]
    found = {group: kinds.count(kind) for kind, group in KINDS.items()}
    return {group: count for group, count in found.items() if count}


@pytest.mark.parametrize(("name", "settings"), SIZED)
def test_a_second_run_makes_nothing(name: str, settings: dict[str, object], tmp_path: Path) -> None:
    plan = plan_of(name, **settings)
    host = machine(tmp_path, script(plan, graph_of(name)))

    first = host.run()
    made = {group: sorted(things) for group, things in host.cloud.things.items()}
    bound = set(host.cloud.bindings)
    host.cloud.calls.clear()
    second = host.run()

    assert (first.returncode, second.returncode) == (0, 0), first.stderr[-500:] + second.stderr
    assert {group: len(made[group]) for group in counted(plan)} == counted(plan)
    assert len(bound) == sum(it.address.startswith("IAMPolicyMember/") for it in plan.resources)
    assert {it.verb for it in host.cloud.calls} & {"create", "connect"} == set()
    assert {group: sorted(things) for group, things in host.cloud.things.items()} == made
    assert host.cloud.bindings == bound
    assert "no longer needed" not in second.stdout


def test_what_is_needed_no_more_is_told_and_stays(tmp_path: Path) -> None:
    graph = graph_of("minimal")
    host = machine(tmp_path, script(plan_of("minimal"), graph))
    host.run()
    labels = "infragraph-app=minimal,infragraph-env=prod"
    host.cloud.things["pubsub topics"]["minimal-prod-old"] = {"--labels": labels}
    others = "infragraph-app=minimal,infragraph-env=test"
    host.cloud.things["pubsub topics"]["minimal-test-old"] = {"--labels": others}

    ran = host.run("--only", "leftovers")

    assert ran.stdout == "# leftovers\nno longer needed, and left alone: topic minimal-prod-old\n"
    assert "minimal-prod-old" in host.cloud.things["pubsub topics"]


def test_a_binding_waits_for_an_account_that_is_not_known_everywhere(tmp_path: Path) -> None:
    host = machine(tmp_path, script(plan_of("minimal"), graph_of("minimal")))
    host.cloud.forgetful = True

    ran = host.run()

    assert ran.returncode == 0, ran.stderr[-500:]
    failed = [it.verb for it in host.cloud.calls if it.code and it.verb != "describe"]
    assert failed == ["add-iam-policy-binding"]


def test_a_dry_run_calls_nothing(tmp_path: Path) -> None:
    host = machine(tmp_path, script(plan_of("minimal"), graph_of("minimal")))

    ran = host.run("--dry-run", image=None)

    assert ran.returncode == 0, ran.stderr
    assert host.cloud.calls == []
    assert "gcloud pubsub topics create" in ran.stdout


def test_a_plan_looks_and_makes_nothing(tmp_path: Path) -> None:
    host = machine(tmp_path, script(plan_of("minimal"), graph_of("minimal")))

    ran = host.run("--plan", image=None)

    assert ran.returncode == 0, ran.stderr
    assert {it.verb for it in host.cloud.calls} == {"describe", "list"}
    assert "gcloud pubsub topics create" in ran.stdout
    assert "gcloud pubsub topics update" not in ran.stdout


def test_an_image_without_its_digest_stops_before_anything_is_made(tmp_path: Path) -> None:
    host = machine(tmp_path, script(plan_of("minimal"), graph_of("minimal")))

    ran = host.run(image="shop:latest")

    assert (ran.returncode, host.cloud.calls) == (2, [])
    assert "INFRAGRAPH_IMAGE has to be an image by its digest" in ran.stderr


def test_any_failure_but_that_something_is_not_there_ends_the_script(tmp_path: Path) -> None:
    machine(tmp_path, script(plan_of("minimal"), graph_of("minimal")))
    program = tmp_path / "gcloud"
    program.write_text("#!/bin/sh\necho 'ERROR: PERMISSION_DENIED' >&2\nexit 1\n")
    program.chmod(0o755)

    ran = run(tmp_path, "--only", "topics")

    assert ran.returncode == 1
    assert ran.stderr == "ERROR: PERMISSION_DENIED\n"


def test_a_stage_can_be_asked_for_alone(tmp_path: Path) -> None:
    host = machine(tmp_path, script(plan_of("minimal"), graph_of("minimal")))

    ran = host.run("--only", "apis", "--only", "topics", image=None)
    wrong = host.run("--only", "everything")

    assert ran.returncode == 0, ran.stderr
    assert {it.words[0] for it in host.cloud.calls} == {"services", "pubsub"}
    assert wrong.returncode == 2
    assert "there is no stage everything" in wrong.stderr


@pytest.mark.parametrize("name", ALL)
def test_no_policy_is_ever_set_whole(name: str) -> None:
    text = script(plan_of(name), graph_of(name))

    assert "set-iam-policy" not in text
    assert "add-iam-policy-binding" in text
    assert " delete " not in text


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_a_shell_and_shellcheck_read_it(name: str, tmp_path: Path) -> None:
    _shells_read(script(plan_of(name), graph_of(name)), tmp_path)


def test_a_shell_and_shellcheck_read_texts_that_look_like_expressions(tmp_path: Path) -> None:
    graph, _ = compiled(
        {
            "shop.py": """
from infragraph import Service

shop = Service("shop")


@shop.cron("nightly", every="1h")
async def nightly() -> None:
    '''Costs ${X} $(id) `id` 'or' "so".

    EOF'''
"""
        }
    )

    _shells_read(script(planned(graph), graph), tmp_path)


def _shells_read(text: str, folder: Path) -> None:
    host: Machine = machine(folder, text)
    path = str(host.folder / "apply.sh")
    checker = Path(sys.executable).with_name("shellcheck")
    found = str(checker) if checker.exists() else shutil.which("shellcheck")

    parsed = subprocess.run(["bash", "-n", path], capture_output=True, text=True, check=False)  # noqa: S607

    assert (parsed.returncode, parsed.stderr) == (0, "")
    if found is None:
        pytest.skip("shellcheck is not there")
    checked = subprocess.run(
        [found, path], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert checked.stdout == ""
