"""Templates between two deployments: what runs stays as it is while all else is made anew.

An image reads its configuration from what stands beside it, so that services never see half of a
change: first what they will need is there, then they are replaced, then what is left over goes.
"""

from typing import Any

from infragraph.deploy.aws.templates import (
    SERVICE,
    TASK_DEFINITION,
    Template,
    mentioned,
    of_type,
    parameters,
    resources,
)
from infragraph.targets.aws.task import SERVICE_DIGEST

_ROLE = "AWS::IAM::Role"


def joined(running: Template, rest: Template) -> Template:
    """Services, their tasks and their roles as in `running`; all else as in `rest`.

    Nothing of `running` is missing, so that nothing goes that a service may still use; a service
    that `rest` alone has is there too.
    """
    before, after = resources(running), resources(rest)
    kept = {name: before[name] for name in sorted(what_runs(running))}
    together: dict[str, Any] = {**before, **after, **kept}
    return {
        **rest,
        "Parameters": {**parameters(running), **parameters(rest)},
        "Resources": {name: together[name] for name in sorted(together)},
    }


def what_runs(template: Template) -> frozenset[str]:
    """The ECS services, their task definitions, and the roles that these have."""
    found: set[str] = {name for name, _ in of_type(template, SERVICE)}
    roles = {name for name, _ in of_type(template, _ROLE)}
    for name, definition in of_type(template, TASK_DEFINITION):
        named = set(mentioned(definition))
        if SERVICE_DIGEST in named:
            found |= {name, *(named & roles)}
    return frozenset(found)
