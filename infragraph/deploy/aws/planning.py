"""The plan of a deployment: what every stack would change, as CloudFormation sees it."""

from dataclasses import dataclass

from infragraph.deploy.aws.change_sets import Wanted, create, discard
from infragraph.deploy.aws.parameters import running
from infragraph.deploy.aws.target import Part, Target, additions, compared
from infragraph.deploy.aws.templates import parameters
from infragraph.deploy.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class StackPlan:
    stack: str
    is_new: bool
    changes: tuple[Change, ...]


def plan(target: Target) -> tuple[StackPlan, ...]:
    """Nothing is changed by it; change sets that are made for it are discarded."""
    return tuple(_of(target, part) for part in target.parts)


def _of(target: Target, part: Part) -> StackPlan:
    before = part.before
    if before is None:
        return StackPlan(stack=part.name, is_new=True, changes=additions(part.template))
    if _waits(part):
        changes = compared(before.template, part.template)
        return StackPlan(stack=part.name, is_new=False, changes=changes)
    wanted = Wanted(
        stack=part.name,
        template=part.template,
        values=running(part.template, target.given(part)),
    )
    found = create(target.clients, target.storage, wanted, target.pace, is_new=False)
    if found is None:
        return StackPlan(stack=part.name, is_new=False, changes=())
    discard(target.clients, part.name, found.id)
    return StackPlan(stack=part.name, is_new=False, changes=found.changes)


def _waits(part: Part) -> bool:
    """Whether it takes a value from another stack that this one did not take before."""
    assert part.before is not None
    return any(
        one["Type"].startswith("AWS::SSM::") and name not in part.before.parameters
        for name, one in parameters(part.template).items()
    )
