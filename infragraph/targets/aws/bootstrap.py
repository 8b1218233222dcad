"""What an account holds before the first deployment: made once, by somebody who may make roles.

A bucket for templates, a repository for images, and the role that deploys from GitHub. It is a plan
of its own, whose stack outlives every environment of the application.
"""

from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Attribute, Plan, PlannedParameter, PlanValue
from infragraph.targets.aws.bootstrap_identity import (
    boundary,
    deploy_policies,
    deploy_role,
    provider_of_github,
)
from infragraph.targets.aws.bootstrap_stores import artifacts, repository
from infragraph.targets.aws.shared import Setting

ENVIRONMENT = "bootstrap"

_PARAMETERS = (
    PlannedParameter(
        name="GitHubEnvironment",
        description="the GitHub environment whose jobs may deploy",
        pattern="^[A-Za-z0-9_.-]{1,255}$",
    ),
    PlannedParameter(
        name="GitHubRepository",
        description="the repository whose jobs may deploy, as owner/name",
        pattern="^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$",
    ),
)


def plan_bootstrap(
    graph: InfraGraph, environment: Environment, *, provider: str | None = None
) -> Plan:
    """The plan for the environment's account and region.

    `provider` is the ARN of GitHub's OIDC provider in an account that has one, as it can have one
    alone.
    """
    setting = Setting(graph=graph, environment=environment)
    trusted: PlanValue = Attribute(address="GitHubProvider") if provider is None else provider
    policies = tuple(deploy_policies(setting))
    resources = (
        *artifacts(setting),
        repository(setting),
        *(() if provider is not None else (provider_of_github(setting),)),
        boundary(setting),
        *policies,
        deploy_role(setting, trusted, policies),
    )
    return Plan(
        target="aws",
        application=setting.application,
        environment=ENVIRONMENT,
        resources=tuple(sorted(resources, key=lambda it: it.address)),
        parameters=_PARAMETERS,
        outputs={
            "ArtifactBucket": Attribute(address="ArtifactBucket"),
            "DeployRole": Attribute(address="DeployRole", name="Arn"),
            "ImageRepository": Attribute(address="Repository"),
        },
    )
