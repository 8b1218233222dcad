"""How much a role may allow in its own words, before AWS refuses it."""

import json
from collections.abc import Mapping, Sequence

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import NO_EXAMPLE, Problem
from infragraph.model.plan import Attribute, Joined, Parameter, PlanValue
from infragraph.targets.aws.shared import Setting

MOST_CHARACTERS = 10_240
"""Of all inline policies of a role, blanks not counted:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, 2026-11-25."""

# An ARN without its names, and what CloudFormation puts behind a name; both are at most so long.
_ARN, _SUFFIX, _GIVEN = 56, 20, 16

ROLE_TOO_LARGE = Problem(
    code="IG4063",
    slug="role-too-large",
    severity=Severity.ERROR,
    summary="the service {service!r} uses so much that its role takes about {size} characters",
    why=(
        "AWS takes 10,240 characters of a role's own policies "
        "(docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, 2026-11-25), in "
        "which everything that the service uses is named."
    ),
    help="divide the service into several",
    example=NO_EXAMPLE,
)


def size(setting: Setting, statements: Sequence[PlanValue]) -> int:
    """About how many characters statements take once names are filled in; hardly ever fewer."""
    names = len(setting.application) + len(setting.environment.name) + 2
    return len(json.dumps(_filled(statements, names), separators=(",", ":")))


def _filled(value: PlanValue, names: int) -> object:
    match value:
        case Attribute():
            return "x" * (_ARN + names + len(value.address) + _SUFFIX)
        case Parameter():
            return "x" * _GIVEN
        case Joined():
            return "".join(str(_filled(part, names)) for part in value.parts)
        case Mapping():
            return {key: _filled(item, names) for key, item in value.items()}
        case Sequence() if not isinstance(value, str):
            return [_filled(item, names) for item in value]
        case _:
            return value
