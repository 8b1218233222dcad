"""Grants that IAM would refuse, or that permit whatever a service of AWS can do."""

import re
from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.environment import Environment, Grant
from infragraph.targets.aws.problems import GRANT_UNLIKE_IAM, GRANT_WIDE
from infragraph.targets.aws.shared import Setting

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html,
# 2026-11-25; `*` alone would leave the boundary of all roles without a meaning.
_ACTION = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[A-Za-z0-9*?]+", re.ASCII)
_ARN = re.compile(r"arn:[a-z*-]+:[^:\s]+:[^:\s]*:[^:\s]*:\S+", re.ASCII)
_EVERYTHING = "*"


def doubtful_grants(setting: Setting) -> Iterator[Diagnostic]:
    environment = setting.environment
    for service, grants in sorted(environment.grants.items()):
        for number, grant in enumerate(grants):
            yield from _actions(environment, service, number, grant)
            yield from _resources(environment, service, number, grant)


def _actions(
    environment: Environment, service: str, number: int, grant: Grant
) -> Iterator[Diagnostic]:
    for at, action in enumerate(grant.actions):
        place = environment.place("grants", service, str(number), "actions", str(at))
        if _ACTION.fullmatch(action) is None:
            yield GRANT_UNLIKE_IAM.at(
                place,
                service=service,
                what="the action",
                text=action,
                cure="write an action with its service, such as 'ses:SendEmail'",
            )
        elif action.rpartition(":")[2].strip("*?") == "":
            yield GRANT_WIDE.at(place, service=service, action=action)


def _resources(
    environment: Environment, service: str, number: int, grant: Grant
) -> Iterator[Diagnostic]:
    for at, resource in enumerate(grant.resources):
        if resource != _EVERYTHING and _ARN.fullmatch(resource) is None:
            yield GRANT_UNLIKE_IAM.at(
                environment.place("grants", service, str(number), "resources", str(at)),
                service=service,
                what="the resource",
                text=resource,
                cure="write an ARN, or '*' for an action that takes none",
            )
