"""The way back: the services of an image that was deployed before, beside all that is there now."""

from dataclasses import replace

from infragraph.deploy.aws.change_sets import Wanted, create, discard, execute
from infragraph.deploy.aws.planning import StackPlan
from infragraph.deploy.aws.running import joined
from infragraph.deploy.aws.storage import remembered
from infragraph.deploy.aws.target import Part, Target
from infragraph.deploy.aws.templates import Template, parameters
from infragraph.deploy.errors import refuse
from infragraph.targets.aws.task import SERVICE_DIGEST


def backwards(target: Target) -> Target:
    """The target whose templates are those of then for what runs, and those of now for all else.

    Migrations are not undone, and nothing is removed.
    """
    return replace(target, parts=tuple(_back(target, part) for part in target.parts))


def plan_back(target: Target) -> tuple[StackPlan, ...]:
    found: list[StackPlan] = []
    for part in target.parts:
        made = create(
            target.clients, target.storage, _wanted(target, part), target.pace, is_new=False
        )
        if made is not None:
            discard(target.clients, part.name, made.id)
        changes = () if made is None else made.changes
        found.append(StackPlan(stack=part.name, is_new=False, changes=changes))
    return tuple(found)


def go_back(target: Target) -> None:
    for part in target.parts:
        made = create(
            target.clients, target.storage, _wanted(target, part), target.pace, is_new=False
        )
        if made is None:
            target.tell(f"{part.name}: nothing to change")
        else:
            execute(target.clients, made, target.watched)


def _back(target: Target, part: Part) -> Part:
    if part.before is None:
        refuse(f"there is nothing to go back from: the stack {part.name!r} was never deployed")
    now = part.before.template
    then = remembered(target.clients, target.storage, part.name, target.image.digest)
    if then is None:
        target.tell(
            f"{part.name}: no template is kept of {target.image.digest}; it runs in today's"
        )
        return replace(part, template=now)
    return replace(part, template=joined(then, now))


def _wanted(target: Target, part: Part) -> Wanted:
    assert part.before is not None
    template: Template = part.template
    values: dict[str, str | None] = {
        name: None
        for name, one in parameters(template).items()
        if name in part.before.parameters and not one["Type"].startswith("AWS::SSM::")
    }
    if SERVICE_DIGEST in parameters(template):
        values[SERVICE_DIGEST] = target.image.digest
    return Wanted(stack=part.name, template=template, values=values)
