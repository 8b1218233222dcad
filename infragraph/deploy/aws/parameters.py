"""What a template is given for its parameters in each phase of a deployment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from infragraph.deploy.aws.images import Image
from infragraph.deploy.aws.templates import Template, counts, parameters
from infragraph.deploy.errors import refuse_use
from infragraph.targets.aws.task import JOB_DIGEST, REPOSITORY, SERVICE_DIGEST

_PASSED = "AWS::SSM::Parameter::Value<String>"
_NONE = "0"


class Phase(StrEnum):
    """In their order."""

    INFRASTRUCTURE = "infrastructure"
    CONSUMERS = "consumers"
    PUBLISHERS = "publishers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What decides on values: `before` are those that the stack has, empty for a new one.

    `consumers` are the logical ids of the ECS services that drain queues or an outbox; `by_hand`
    are values of the command line, `counts` how many tasks run now, by parameter.
    """

    image: Image
    before: Mapping[str, str]
    consumers: Collection[str]
    by_hand: Mapping[str, str]
    counts: Mapping[str, int] = field(default_factory=dict[str, int])


def values(template: Template, given: Given, phase: Phase) -> Mapping[str, str | None]:
    """By parameter; None keeps what the stack has, what is missing here has its default."""
    found: dict[str, str | None] = {}
    tasks = counts(template)
    for name, parameter in sorted(parameters(template).items()):
        if parameter["Type"] == _PASSED:
            continue
        if name in tasks:
            wanted = _tasks(name, parameter, tasks[name], given, phase)
        elif name == SERVICE_DIGEST and phase is Phase.INFRASTRUCTURE and name in given.before:
            wanted = None
        elif name in {SERVICE_DIGEST, JOB_DIGEST}:
            wanted = given.image.digest
        elif name == REPOSITORY and given.image.repository is not None:
            wanted = given.image.repository
        elif name in given.by_hand:
            wanted = given.by_hand[name]
        elif name in given.before:
            wanted = None
        else:
            continue
        if wanted is not _DEFAULT:
            found[name] = wanted
    return found


def demand_complete(
    templates: Collection[Template], by_hand: Mapping[str, str], before: Collection[str]
) -> None:
    """Ends the deployment where a parameter has no value, or a value no parameter."""
    known = {name: one for template in templates for name, one in parameters(template).items()}
    for name in by_hand:
        if name not in known:
            refuse_use(
                f"--parameter names {name!r}, which no template has",
                f"name one of: {', '.join(sorted(known))}",
            )
    missing = [
        name
        for name, one in sorted(known.items())
        if "Default" not in one and name not in {SERVICE_DIGEST, JOB_DIGEST, *by_hand, *before}
    ]
    if missing:
        refuse_use(
            "a value is missing for " + ", ".join(missing),
            *(f"--parameter {name}=…: {known[name].get('Description', '')}" for name in missing),
        )


def is_starting(template: Template, before: Mapping[str, str]) -> bool:
    """Whether something comes to run that does not run yet."""
    return any(before.get(name, _NONE) == _NONE for name in counts(template))


def running(template: Template, given: Given) -> Mapping[str, str | None]:
    """What all parameters have when everything runs."""
    return values(template, given, Phase.PUBLISHERS)


# Told apart from None, which keeps the value of before.
_DEFAULT = "\0default"


def _tasks(
    name: str, parameter: Mapping[str, str], about: Collection[str], given: Given, phase: Phase
) -> str | None:
    drains = any(service in given.consumers for service in about)
    if phase is Phase.INFRASTRUCTURE or (phase is Phase.CONSUMERS and not drains):
        return None if name in given.before else _NONE
    if name in given.by_hand:
        return given.by_hand[name]
    # Scaling has its reasons, which a deployment does not know.
    least = int(parameter.get("Default", _NONE))
    return str(given.counts[name]) if given.counts.get(name, 0) > least else _DEFAULT
