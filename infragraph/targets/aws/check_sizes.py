"""Plans with more in them than a stack takes."""

from collections.abc import Iterator, Mapping, Sequence

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.environment import Layout
from infragraph.model.plan import Plan, PlannedResource
from infragraph.portability.limits import sns_sqs
from infragraph.portability.limits.limit import Limit, cited, shown
from infragraph.portability.plans import PLAN_TOO_LARGE
from infragraph.targets.aws.origins import anywhere
from infragraph.targets.aws.problems import PLAN_LARGE
from infragraph.targets.aws.shared import Setting

LARGE = 400


def too_large(setting: Setting, plan: Plan) -> Iterator[Diagnostic]:
    stacks = _stacks(setting, plan)
    limit = sns_sqs.MOST_RESOURCES
    for name, resources in sorted(stacks.items()):
        count = len(resources)
        if count > limit.value:
            yield _exceeded(setting, f"the stack {name!r}", f"{count} resources", limit)
        elif count >= LARGE:
            yield PLAN_LARGE.at(anywhere(setting), count=count, limit=limit.value)


def _stacks(setting: Setting, plan: Plan) -> Mapping[str, Sequence[PlannedResource]]:
    if setting.environment.layout is Layout.SINGLE:
        return {setting.environment.name: plan.resources}
    layers = sorted({resource.layer for resource in plan.resources})
    return {
        layer: [resource for resource in plan.resources if resource.layer == layer]
        for layer in layers
    }


def _exceeded(setting: Setting, what: str, size: str, limit: Limit) -> Diagnostic:
    cure = "choose 'layout: split', or divide the application"
    return PLAN_TOO_LARGE.at(
        anywhere(setting),
        what=what,
        size=size,
        target="AWS",
        limit=shown(limit),
        cure=cure,
        source=cited(limit),
    )
