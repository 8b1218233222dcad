import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from ruamel.yaml import YAML

from infragraph.model.environment import Size
from infragraph.scaffold.actions import ACTIONS
from infragraph.scaffold.pipeline import PATH, Deployment, Pipeline, artifacts
from infragraph.scaffold.unsuitable import Unsuitable
from tests.cli.command import infragraph
from tests.readers.installed import ran, tool
from tests.scaffold.hostile import HOSTILE, WICKED

PROD = Deployment(
    name="prod",
    target="aws",
    region="eu-central-1",
    repository="123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop",
    account="123456789012",
)
STAGING = Deployment(
    name="staging",
    target="gcp",
    region="europe-west4",
    repository="europe-west4-docker.pkg.dev/shop-staging/shop/shop",
    project="shop-staging",
    size=Size.SMALL,
    image_platform="linux/amd64",
)
PREVIEW = replace(PROD, name="pr-*", account=None, size=Size.PREVIEW)
PIPELINES = {
    "none": Pipeline(deployments=()),
    "one": Pipeline(deployments=(PROD,)),
    "all": Pipeline(
        deployments=(PROD, STAGING, PREVIEW),
        branch="release/1.0",
        folder="apps/shop",
        has_private_index=True,
    ),
    "previews": Pipeline(deployments=(replace(PREVIEW, target="gcp", project="shop-previews"),)),
}
CHECK = (sys.executable, "-m", "check_jsonschema")
EVERY = pytest.mark.parametrize("pipeline", PIPELINES.values(), ids=PIPELINES)


def text(pipeline: Pipeline) -> str:
    found = artifacts(pipeline)
    assert not isinstance(found, Unsuitable)
    (one,) = found
    assert one.path == PATH
    return one.content


def workflow(pipeline: Pipeline) -> Any:
    # YAML 1.2, as GitHub reads it: `on` is a text there.
    reader: Any = YAML(typ="safe", pure=True)
    return reader.load(text(pipeline))


def jobs(pipeline: Pipeline) -> Mapping[str, Any]:
    found: Mapping[str, Any] = workflow(pipeline)["jobs"]
    return found


def steps(pipeline: Pipeline) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, job in jobs(pipeline).items():
        for step in job["steps"]:
            yield name, step


@EVERY
def test_a_workflow_may_nothing_and_its_jobs_what_they_need(pipeline: Pipeline) -> None:
    assert workflow(pipeline)["permissions"] == {}

    permissions = {name: job["permissions"] for name, job in jobs(pipeline).items()}

    deploying = {"contents": "read", "id-token": "write"}
    assert permissions.pop("check") == {"contents": "read"}
    assert permissions.pop("report") == {"pull-requests": "write", "security-events": "write"}
    assert all(one == deploying for one in permissions.values())


@EVERY
def test_what_a_script_runs_is_constant(pipeline: Pipeline) -> None:
    scripts = [step["run"] for _, step in steps(pipeline) if "run" in step]

    assert [script for script in scripts if "${{" in script] == []
    # What an environment says does not stand in a script either.
    words = ("prod", "staging", "eu-central-1", "123456789012", "shop-staging", "apps/shop")
    assert [word for word in words for script in scripts if word in script] == []


@EVERY
def test_the_job_that_comments_has_no_code_of_the_pull_request(pipeline: Pipeline) -> None:
    used = [
        step["uses"].partition("@")[0]
        for name, step in steps(pipeline)
        if name == "report" and "uses" in step
    ]

    assert used == ["actions/download-artifact"]
    runs = [step["run"] for name, step in steps(pipeline) if name == "report" and "run" in step]
    assert not any(
        "infragraph " in run.replace("infragraph graph", "") or "uv " in run for run in runs
    )


@EVERY
def test_no_checkout_leaves_a_token_behind(pipeline: Pipeline) -> None:
    checkouts = [
        step for _, step in steps(pipeline) if step.get("uses", "").startswith("actions/checkout@")
    ]

    assert len(checkouts) == len(jobs(pipeline)) - 1
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@EVERY
def test_actions_are_pinned_by_the_commit_that_was_looked_up(pipeline: Pipeline) -> None:
    known = {action.name: action for action in ACTIONS.values()}
    lines = [line.strip() for line in text(pipeline).splitlines() if "uses: " in line]

    for line in lines:
        name, _, rest = line.partition("uses: ")[2].partition("@")
        assert rest == f"{known[name].commit} # {known[name].version}"
    assert all(re.fullmatch("[0-9a-f]{40}", action.commit) for action in known.values())


def test_a_pull_request_has_an_environment_that_ends_with_it() -> None:
    found = jobs(PIPELINES["all"])

    for name, action in (("preview", "!= 'closed'"), ("preview-end", "== 'closed'")):
        assert found[name]["env"] == {
            "ENVIRONMENT": "pr-${{ github.event.pull_request.number }}",
            "TARGET": "aws",
        }
        assert action in found[name]["if"]
        # A fork's code gets no credentials.
        assert "head.repo.full_name == github.repository" in found[name]["if"]
        assert found[name]["environment"] == "preview"
    assert "preview" not in jobs(PIPELINES["one"])


def test_production_waits_for_what_is_not() -> None:
    found = jobs(PIPELINES["all"])

    assert found["deploy-staging"]["needs"] == ["check"]
    assert found["deploy-prod"]["needs"] == ["check", "deploy-staging"]
    assert found["deploy-prod"]["environment"] == "prod"
    assert found["deploy-prod"]["if"] == "github.event_name == 'push'"
    assert [found[f"deploy-{name}"]["runs-on"] for name in ("prod", "staging")] == [
        "ubuntu-24.04-arm",
        "ubuntu-24.04",
    ]


def test_each_cloud_has_its_own_way_in_and_no_key() -> None:
    by_job = {
        name: step["with"]
        for name, step in steps(PIPELINES["all"])
        if step.get("uses", "").startswith(("aws-actions/", "google-github-actions/"))
    }

    assert by_job["deploy-prod"] == {
        "role-to-assume": "${{ vars.AWS_DEPLOY_ROLE }}",
        "aws-region": "eu-central-1",
        "allowed-account-ids": "123456789012",
    }
    assert by_job["deploy-staging"] == {
        "workload_identity_provider": "${{ vars.GCP_IDENTITY_PROVIDER }}",
        "service_account": "${{ vars.GCP_DEPLOY_ACCOUNT }}",
        "project_id": "shop-staging",
    }
    secrets = set(re.findall(r"secrets\.(\w+)", text(PIPELINES["all"])))
    assert secrets == {"NETRC"}
    assert "secrets." not in text(PIPELINES["one"])


def test_an_image_is_deployed_by_its_digest_with_what_it_is_made_of() -> None:
    (build,) = (
        step["run"]
        for name, step in steps(PIPELINES["one"])
        if name == "deploy-prod" and step.get("id") == "image"
    )
    (deploy,) = (
        step for _, step in steps(PIPELINES["one"]) if step.get("name") == "Deploy by digest"
    )

    assert "--sbom=true --provenance=mode=max" in build
    assert '"reference=$REPOSITORY@$digest"' in build
    assert deploy["env"] == {
        "IMAGE": "${{ steps.image.outputs.reference }}",
        "CERTIFICATE_ARN": "${{ vars.CERTIFICATE_ARN }}",
    }
    assert '--parameter "CertificateArn=$CERTIFICATE_ARN"' in deploy["run"]


def test_the_order_of_environments_does_not_show() -> None:
    turned = replace(PIPELINES["all"], deployments=PIPELINES["all"].deployments[::-1])

    assert text(turned) == text(PIPELINES["all"])


def test_it_says_where_it_comes_from_and_whose_it_is() -> None:
    assert text(PIPELINES["one"]).splitlines()[0] == (
        "# Generated by infragraph from infragraph.yaml. It is yours: what is edited is not "
        "overwritten."
    )


FIELDS = (
    "name",
    "target",
    "region",
    "repository",
    "account",
    "project",
    "image_platform",
    "branch",
    "folder",
)


def _with(field: str, value: str) -> Pipeline:
    changes: dict[str, Any] = {field: value}
    if field in {"branch", "folder"}:
        return replace(PIPELINES["all"], **changes)
    return replace(PIPELINES["all"], deployments=(replace(PROD, **changes),))


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_a_text_that_would_mean_more_is_refused(field: str, value: str) -> None:
    assert isinstance(artifacts(_with(field, value)), Unsuitable)


@settings(max_examples=300)
@given(WICKED)
def test_no_text_gets_into_a_workflow(value: str) -> None:
    assert all(isinstance(artifacts(_with(field, value)), Unsuitable) for field in FIELDS)


@EVERY
def test_both_versions_of_yaml_read_the_same(pipeline: Pipeline) -> None:
    content = text(pipeline)
    older = yaml.safe_load(content)
    # `on` is a truth in YAML 1.1, and a text where GitHub reads it.
    older["on"] = older.pop(True)

    assert older == workflow(pipeline)


@EVERY
def test_it_is_as_the_schema_of_workflows_says(pipeline: Pipeline, tmp_path: Path) -> None:
    path = tmp_path / "workflow.yml"
    path.write_text(text(pipeline), "utf-8")

    done = subprocess.run(
        [*CHECK, "--builtin-schema", "vendor.github-workflows", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


@EVERY
def test_actionlint_has_nothing_to_say(pipeline: Pipeline, tmp_path: Path) -> None:
    path = tmp_path / "workflow.yml"
    path.write_text(text(pipeline), "utf-8")

    done = subprocess.run(
        [tool("actionlint"), "-no-color", str(path)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "")
    ran("actionlint")


def test_findings_become_annotations(root: Path, tmp_path: Path) -> None:
    findings = tmp_path / "findings"
    findings.mkdir()
    application = root / "fixtures/broken"
    infragraph(
        "analyze",
        str(application),
        "--format",
        "sarif",
        "--output",
        str(findings / "infragraph.sarif"),
    )
    results = json.loads((findings / "infragraph.sarif").read_text())["runs"][0]["results"]

    lines = _script("report", "Annotate", tmp_path).splitlines()

    assert len(lines) == len(results)
    assert all(
        re.match(r"::(error|warning|notice) file=[^,]+,line=\d+,title=IG\d+::\S", it)
        for it in lines
    )


def test_no_finding_forges_an_annotation(tmp_path: Path) -> None:
    result = {
        "ruleId": "IG1,line=7::",
        "level": "error",
        "message": {"text": "a\n::add-mask::b%0A"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a:b,c\nd"},
                    "region": {"startLine": 3},
                }
            }
        ],
    }
    (tmp_path / "findings").mkdir()
    (tmp_path / "findings/infragraph.sarif").write_text(
        json.dumps({"runs": [{"results": [result]}]})
    )

    assert _script("report", "Annotate", tmp_path) == (
        "::error file=a%3Ab%2Cc%0Ad,line=3,title=IG1%2Cline=7%3A%3A::a%0A::add-mask::b%250A\n"
    )


def test_a_graph_is_quoted_whatever_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "findings").mkdir()
    (tmp_path / "findings/graph.diff").write_text(
        '--- before\n```\n@everyone <script>\n+{"id": "a"}\n'
    )
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text('#!/bin/sh\necho "$@"\n')
    (tmp_path / "bin/gh").chmod(0o755)

    asked = _script("report", "Comment", tmp_path, PULL_REQUEST="7")

    assert asked == "pr comment 7 --edit-last --create-if-none --body-file comment.md\n"
    assert (tmp_path / "comment.md").read_text() == (
        "### What changes in the infrastructure graph\n\n"
        '    --- before\n    ```\n    @everyone <script>\n    +{"id": "a"}\n'
    )


def test_a_pull_request_shows_what_changes_in_the_graph(root: Path, tmp_path: Path) -> None:
    repository, runner = tmp_path / "repository", tmp_path / "runner"
    shutil.copytree(root / "fixtures/minimal", repository)
    (runner / "findings").mkdir(parents=True)
    base = _committed(repository, "base")
    api = repository / "greeter/api.py"
    # A line more moves all that follows, which is no change of the graph.
    api.write_text("# moved\n" + api.read_text().replace('"write-down"', '"note"'))
    (repository / "bin").mkdir()
    (repository / "bin/uv").write_text(
        f'#!/bin/sh\nshift 3\nexec {sys.executable} -m infragraph "$@"\n'
    )
    (repository / "bin/uv").chmod(0o755)

    _script(
        "check",
        "Compare the graph with the one before",
        repository,
        BASE=base,
        FOLDER=".",
        RUNNER_TEMP=str(runner),
        PYTHONPATH=str(root),
    )

    lines = (runner / "findings/graph.diff").read_text().splitlines()
    assert [line[:60] for line in lines if line[0] in "+-"] == [
        "--- before",
        "+++ after",
        '-{"id":"subscription:greetings/write-down","kind":"subscript',
        '+{"id":"subscription:greetings/note","kind":"subscription","',
        '-{"source":"topic:greetings","relation":"delivers","target":',
        '+{"source":"topic:greetings","relation":"delivers","target":',
    ]


def _committed(repository: Path, message: str) -> str:
    """The commit of all that is in a new repository."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("there is no git here")
    who = ("-c", "user.name=shop", "-c", "user.email=shop@example.com")
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", message]):
        subprocess.run([git, *command], cwd=repository, check=True)
    done = subprocess.run(
        [git, "rev-parse", "HEAD"], cwd=repository, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _script(job: str, name: str, folder: Path, **environment: str) -> str:
    """What a step of the workflow prints, run as its runner runs it."""
    for needed in ("bash", "jq"):
        if shutil.which(needed) is None:
            pytest.skip(f"there is no {needed} here")
    (run,) = (
        step["run"]
        for owner, step in steps(PIPELINES["one"])
        if owner == job and step.get("name") == name
    )
    done = subprocess.run(
        ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", run],
        cwd=folder,
        env={"PATH": f"{folder}/bin:/usr/local/bin:/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
