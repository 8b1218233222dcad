"""What can be generated: for each name what makes a plan of a graph, and what renders it.

A command is about one of them, so that the others are not imported.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.artifact import Artifact
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Plan

Lower: TypeAlias = Callable[[InfraGraph, Environment], tuple[Plan, tuple[Diagnostic, ...]]]
Check: TypeAlias = Callable[[Plan, InfraGraph], tuple[Diagnostic, ...]]
Render: TypeAlias = Callable[[Plan, InfraGraph, Environment], tuple[Artifact, ...]]

CLOUDS: Mapping[str, str] = {
    "aws": "CloudFormation for AWS, below deploy/aws/ENV",
    "gcp": "Config Connector and a script for Google Cloud, below deploy/gcp/ENV",
}
"""What an environment can be generated for."""

BOILERPLATE: Mapping[str, str] = {
    "docker": "a Dockerfile and its .dockerignore, beside infragraph.yaml",
    "ci": "a workflow of GitHub Actions, at the top of the repository",
}
"""Text that people own once it is generated, the same for every environment."""

PARTS: Mapping[str, str] = {
    "config": "what services read when they start: infragraph.runtime.<env>.json",
    "iam": "a policy for each service, for roles that others make",
    "manifests": "all that the cloud has to hold, for the cloud's own tools",
    "report": "every permission with the lines of source that ask for it, and every override",
}
"""Groups of files, which `--only` chooses from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A group of files that is generated, or left alone, as a whole."""

    name: str
    render: Render


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """How a cloud's files come about; a part may have several renderers.

    `checks` find what the renderers could not say of a plan.
    """

    lower: Lower
    checks: tuple[Check, ...]
    parts: tuple[Part, ...]


def generator(cloud: str) -> Generator:
    match cloud:
        case "aws":
            return _aws()
        case "gcp":
            return _gcp()
        case _:
            raise AssertionError(cloud)


def _aws() -> Generator:
    from infragraph.formats import cloudformation  # noqa: PLC0415 - one cloud a run
    from infragraph.formats.runtime import completeness  # noqa: PLC0415
    from infragraph.targets.aws import lower  # noqa: PLC0415
    from infragraph.targets.aws.bootstrap import plan_bootstrap  # noqa: PLC0415

    def manifests(plan: Plan, graph: InfraGraph, environment: Environment) -> tuple[Artifact, ...]:
        before = plan_bootstrap(graph, environment)
        return (
            cloudformation.render_whole(before, "bootstrap.json"),
            *cloudformation.render(plan),
        )

    return Generator(
        lower=lower,
        checks=(completeness, cloudformation.too_long),
        parts=(*_shared(), Part(name="manifests", render=manifests)),
    )


def _gcp() -> Generator:
    from infragraph.formats import gcloud, krm  # noqa: PLC0415 - one cloud a run
    from infragraph.formats.runtime import completeness  # noqa: PLC0415
    from infragraph.targets.gcp import lower  # noqa: PLC0415

    return Generator(
        lower=lower,
        checks=(completeness, gcloud.unsaid),
        parts=(
            *_shared(),
            Part(name="manifests", render=krm.render),
            Part(name="manifests", render=gcloud.render),
        ),
    )


def _shared() -> tuple[Part, ...]:
    """What every cloud has."""
    from infragraph.formats import permissions, runtime  # noqa: PLC0415 - one command's alone

    return (
        Part(name="config", render=runtime.render),
        Part(name="iam", render=permissions.policies),
        Part(name="report", render=permissions.render),
    )
