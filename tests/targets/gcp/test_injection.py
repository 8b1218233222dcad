"""Texts of the application and its settings are data in every file: they come back as they were."""

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from infragraph.formats.gcloud import unsaid
from infragraph.model.environment import Collector, Grant
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Plan
from infragraph.targets.gcp.values import described
from tests.formats.gcloud.running import machine, script
from tests.formats.krm.schemas import Object, objects
from tests.targets.gcp.plans import graph_of, krm_files, planned

HOSTILE = (
    "{{resolve:secretsmanager:prod:SecretString}}",
    "${INFRAGRAPH_IMAGE}",
    "$(touch /tmp/owned)",
    "`touch /tmp/owned`",
    "'; touch /tmp/owned; '",
    '"; touch /tmp/owned; "',
    "END_OF_DOCUMENT\ntouch owned",
    "@create",
    "@document",
    "--format=json",
    "yes",
    "0o17",
    "1e3",
    "~",
    "a: b # c",
    "- item",
    "line\nbreak",
    "tab\tand \\ and \x07 and \u2028",
    "<script>alert(1)</script>",
    "%s %n",
    "!vault",
    "&anchor *alias",
    "---\nkind: Evil",
    "é 🦀 \u202e",
)

TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map(" ".join),
)


def with_docs(graph: InfraGraph, text: str) -> InfraGraph:
    """The graph, with a text as what is said of every declaration."""
    return replace(graph, nodes=tuple(replace(node, doc=text) for node in graph.nodes))


def hostile_plan(text: str, name: str = "minimal") -> tuple[Plan, InfraGraph]:
    graph = with_docs(graph_of(name), text)
    service = next(node.name for node in graph.nodes if node.kind == "service")
    grant = Grant(
        actions=("bigquery.jobs.create",),
        resources=("projects/example-data",),
        reason=text,
        expiry="2027-01-31",
    )
    plan = planned(
        graph,
        collector=Collector(endpoint=f"https://otel.example.com/{text}"),
        grants={service: (grant,)},
    )
    return plan, graph


def stripped(found: list[Object]) -> list[tuple[str, str]]:
    return [(it["kind"], it["metadata"]["name"]) for it in found]


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_objects_hold_the_text_as_it_is(text: str) -> None:
    plan, graph = hostile_plan(text)

    files = krm_files(plan, graph)

    found = objects(files.values())
    plain, plain_graph = hostile_plan("plain")
    assert stripped(found) == stripped(objects(krm_files(plain, plain_graph).values()))
    wanted = described(text, longest=256)
    account = next(
        it for it in found if it["kind"] == "IAMServiceAccount" and "description" in it["spec"]
    )
    descriptions = {
        it["spec"].get("description") for it in found if it["kind"] == "IAMServiceAccount"
    }
    assert wanted is None or wanted in descriptions, account
    content = described(text, longest=8_192)
    for it in found:
        if it["kind"] == "MonitoringAlertPolicy":
            assert it["spec"].get("documentation", {}).get("content") == content
        if it["kind"] == "RunService":
            (container,) = it["spec"]["template"]["containers"]
            variables = {one["name"]: one["value"] for one in container["env"]}
            assert variables["OTEL_EXPORTER_OTLP_ENDPOINT"] == f"https://otel.example.com/{text}"
    reader = YAML(typ="safe")
    again: list[object] = []
    for name in sorted(files):
        read = reader.load_all(files[name])  # pyright: ignore[reportUnknownMemberType]
        again.extend(dict(it) for it in read if it)
    assert json.loads(json.dumps(again)) == json.loads(json.dumps(found))


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(HOSTILE))
@pytest.mark.slow
def test_the_script_runs_with_the_text_as_data(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("host")
    plan, graph = hostile_plan(text)
    host = machine(folder, script(plan, graph))

    ran = host.run()

    assert ran.returncode == 0, ran.stderr[-800:]
    assert not Path("/tmp/owned").exists()  # noqa: S108 - what the text would make
    described_ = [
        it.get("--description") for it in host.cloud.things["iam service-accounts"].values()
    ]
    wanted = described(text, longest=256)
    assert wanted is None or wanted in described_
    policies = host.cloud.things["monitoring policies"].values()
    assert {it["documentation"]["content"] for it in policies} == {described(text, longest=8_192)}
    for service in host.cloud.things["run services"].values():
        document = yaml.safe_load(service["document"])
        (container,) = document["spec"]["template"]["spec"]["containers"]
        variables = {one["name"]: one["value"] for one in container["env"]}
        assert variables["OTEL_EXPORTER_OTLP_ENDPOINT"] == f"https://otel.example.com/{text}"
        assert re.fullmatch(r"[a-z0-9./-]+@sha256:0{64}", container["image"])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_shell_parses_the_script_with_any_text(text: str, tmp_path: Path) -> None:
    plan, graph = hostile_plan(text)
    (tmp_path / "apply.sh").write_text(script(plan, graph), encoding="utf-8")

    ran = subprocess.run(
        ["bash", "-n", str(tmp_path / "apply.sh")],  # noqa: S607 - whichever is there
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")


def test_what_no_text_holds_has_a_mark_in_its_place() -> None:
    plan, graph = hostile_plan("plain")
    graph = with_docs(graph, "a\x00b\ud800c")
    marked = planned(graph)

    found = objects(krm_files(marked, graph).values())

    accounts = [it["spec"] for it in found if it["kind"] == "IAMServiceAccount"]
    assert "a\ufffdb\ufffdc" in {it.get("description") for it in accounts}
    assert plan != marked


def test_a_word_that_no_program_can_be_given_is_told_of() -> None:
    graph = graph_of("minimal")
    account = next(
        it for it in planned(graph).resources if it.address.startswith("IAMServiceAccount/min")
    )
    spec = account.properties["spec"]
    assert isinstance(spec, Mapping)
    changed = {**account.properties, "spec": {**spec, "description": "a\x00b"}}
    plan = replace(planned(graph), resources=(replace(account, properties=changed),))

    found = unsaid(plan, graph)

    assert [it.message for it in found] == [f"a text of {account.address} cannot be set by gcloud"]


def test_the_image_is_put_nowhere_but_where_images_are() -> None:
    plan, graph = hostile_plan("${INFRAGRAPH_IMAGE} ${INFRAGRAPH_IMAGE_}")

    compute = krm_files(plan, graph)["krm/60-compute.yaml"]

    images = [line.strip() for line in compute.splitlines() if line.strip().startswith("image:")]
    assert images == ["image: ${INFRAGRAPH_IMAGE__}"]
    assert "envsubst '${INFRAGRAPH_IMAGE__}'" in compute
