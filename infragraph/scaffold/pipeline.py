"""The pipeline of an application: a workflow of GitHub Actions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from infragraph.model.artifact import Artifact
from infragraph.model.environment import Size
from infragraph.scaffold.actions import ACTIONS, reference
from infragraph.scaffold.docker import UV
from infragraph.scaffold.rendering import rendered
from infragraph.scaffold.unsuitable import Unsuitable

PATH = ".github/workflows/infragraph.yml"

PREVIEWS = "pr-*"
"""The environment whose presence says that every pull request gets one of its own."""

# An arm64 image is built on a machine that is one: emulation takes ten times as long.
RUNNERS = {"linux/amd64": "ubuntu-24.04", "linux/arm64": "ubuntu-24.04-arm"}

_FORMS = {
    "environment": re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*"),
    "target": re.compile(r"aws|gcp"),
    "region": re.compile(r"[a-z][a-z0-9-]*[0-9]"),
    "account": re.compile(r"[0-9]{12}"),
    "project": re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]"),
    "repository of images": re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[a-z0-9]+([._-]+[a-z0-9]+)*)+"),
    "branch": re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*"),
    "folder": re.compile(r"\.|[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """An environment that the pipeline deploys to; `name` may be `PREVIEWS`.

    `repository` is where its images are, registry included and without a tag.
    """

    name: str
    target: str
    region: str
    repository: str
    account: str | None = None
    project: str | None = None
    size: Size = Size.PRODUCTION
    image_platform: str = "linux/arm64"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """`folder` is that of the application in its repository; deployments are in any order."""

    deployments: tuple[Deployment, ...]
    branch: str = "main"
    folder: str = "."
    has_private_index: bool = False


def artifacts(pipeline: Pipeline) -> tuple[Artifact, ...] | Unsuitable:
    """The workflow, whose path is relative to the top of the repository."""
    for what, value in _values(pipeline):
        if _FORMS[what].fullmatch(value) is None or ".." in value.split("/"):
            return Unsuitable(what=what, value=value)
    for deployment in pipeline.deployments:
        if deployment.image_platform not in RUNNERS:
            return Unsuitable(what="platform", value=deployment.image_platform)
    lasting = sorted(
        (one for one in pipeline.deployments if one.name != PREVIEWS),
        key=lambda one: (one.size is Size.PRODUCTION, one.name),
    )
    previews = [one for one in pipeline.deployments if one.name == PREVIEWS]
    values = {
        "actions": {name: reference(action) for name, action in ACTIONS.items()},
        "versions": {name: action.version for name, action in ACTIONS.items()},
        "branch": pipeline.branch,
        "folder": pipeline.folder,
        "has_private_index": pipeline.has_private_index,
        "lasting": lasting,
        "needs": {one.name: _before(one, lasting) for one in lasting},
        "previews": previews,
        "runners": RUNNERS,
        "targets": sorted({one.target for one in pipeline.deployments}),
        "uv": UV,
    }
    return (Artifact(path=PATH, content=rendered("ci/github.yml.jinja", values)),)


def _before(deployment: Deployment, lasting: list[Deployment]) -> list[str]:
    """The jobs that must have ended well: what is not production comes before what is."""
    first = [one.name for one in lasting if one.size is not Size.PRODUCTION]
    return [f"deploy-{name}" for name in first if deployment.size is Size.PRODUCTION]


def _values(pipeline: Pipeline) -> Iterator[tuple[str, str]]:
    yield "branch", pipeline.branch
    yield "folder", pipeline.folder
    for one in pipeline.deployments:
        if one.name != PREVIEWS:
            yield "environment", one.name
        yield "target", one.target
        yield "region", one.region
        yield "repository of images", one.repository
        if one.account is not None:
            yield "account", one.account
        if one.project is not None:
            yield "project", one.project
