"""The stack that an account has before any environment: a bucket, a repository, a role."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infragraph.deploy.aws.change_sets import Wanted, create_inline, execute
from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.events import Watched
from infragraph.deploy.aws.planning import StackPlan
from infragraph.deploy.aws.protection import protect
from infragraph.deploy.aws.stacks import find
from infragraph.deploy.aws.stateful import demand_allowed
from infragraph.deploy.aws.states import demand_usable
from infragraph.deploy.aws.storage import bootstrap_stack
from infragraph.deploy.aws.target import additions
from infragraph.deploy.aws.templates import Json, Template, parameters, resources
from infragraph.deploy.errors import refuse_use
from infragraph.deploy.pace import Pace

_ISSUER = "token.actions.githubusercontent.com"
_ADDRESS = "GitHubProvider"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap:
    clients: Clients
    stack: str
    template: Template
    values: Mapping[str, str]
    pace: Pace
    tell: Callable[[str], None]


def trusting(clients: Clients, application: str, template: Template) -> Template:
    """The template with GitHub's OIDC provider that the account has, if another made it.

    An account can have one alone.
    """
    stack = find(clients, bootstrap_stack(application))
    if stack is not None and _ADDRESS in resources(stack.template):
        return template
    found: list[Mapping[str, Any]] = clients.iam.list_open_id_connect_providers()[
        "OpenIDConnectProviderList"
    ]
    there = [one["Arn"] for one in found if one["Arn"].endswith(f"/{_ISSUER}")]
    if not there:
        return template
    remaining = {name: one for name, one in resources(template).items() if name != _ADDRESS}
    return {**template, "Resources": _told(remaining, there[0])}


def plan_bootstrapping(it: Bootstrap) -> StackPlan:
    """Ends the run where the stack is stuck, or a value is missing."""
    stack = find(it.clients, it.stack)
    demand_usable(stack, it.clients.region)
    known: Mapping[str, str] = {} if stack is None else stack.parameters
    missing = [name for name in parameters(it.template) if name not in {*it.values, *known}]
    if missing:
        refuse_use(
            f"a value is missing for {', '.join(missing)}",
            *(
                f"--parameter {name}=…: {parameters(it.template)[name].get('Description', '')}"
                for name in missing
            ),
        )
    return StackPlan(stack=it.stack, is_new=stack is None, changes=additions(it.template))


def bootstrap(it: Bootstrap) -> Mapping[str, str]:
    """Makes the stack, or brings it up to date; gives what it prints."""
    stack = find(it.clients, it.stack)
    is_new = stack is None or not stack.is_made
    known: Mapping[str, str] = {} if stack is None else stack.parameters
    values: dict[str, str | None] = {name: it.values.get(name) for name in known}
    wanted = Wanted(stack=it.stack, template=it.template, values={**values, **it.values})
    made = create_inline(it.clients, wanted, it.pace, is_new=is_new)
    if made is None:
        it.tell(f"{it.stack}: nothing to change")
    else:
        demand_allowed(made.changes, ())
        execute(it.clients, made, Watched(pace=it.pace, tell=it.tell))
    protect(it.clients, it.stack)
    done = find(it.clients, it.stack)
    assert done is not None
    return done.outputs


def _told(value: Json, provider: str) -> Json:
    """`value` with the ARN in place of every reference to the provider."""
    if isinstance(value, str) or not isinstance(value, Mapping | Sequence):
        return value
    if isinstance(value, Sequence):
        return [_told(item, provider) for item in value]
    if value == {"Ref": _ADDRESS}:
        return provider
    return {name: _told(item, provider) for name, item in value.items()}
