"""Cron jobs that a scheduler cannot run when they are meant to."""

from collections.abc import Callable, Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.cron import Cron
from infragraph.kinds.naming import subject
from infragraph.model.graph import Property
from infragraph.portability.checks.example import application
from infragraph.portability.judged import Judged
from infragraph.portability.limits.limit import cited
from infragraph.portability.schedules import Inexpressible, cloud_scheduler, eventbridge

SCHEDULE_INEXPRESSIBLE = Problem(
    code="IG4020",
    slug="schedule-inexpressible",
    severity=Severity.ERROR,
    summary="{subject} cannot run on {target}, since it {reason}: {scheduler} {bound}",
    why="The cloud's own scheduler runs the job, and would run it at other times.",
    help="{cure}: see {source}",
    example=Example(
        bad=application("aws", cron='shop.cron("reorder", every=«"30s"»)'),
        good=application("aws", cron='shop.cron("reorder", every="1m")'),
    ),
)

PROBLEMS = (SCHEDULE_INEXPRESSIBLE,)

_SCHEDULERS: Mapping[str, Callable[[Mapping[str, Property]], tuple[str, ...]]] = {
    "aws": eventbridge,
    "gcp": cloud_scheduler,
}


def check(judged: Judged) -> Iterator[Diagnostic]:
    """Of crons whose times are known; what is wrong with them anywhere is told elsewhere."""
    schedule = _SCHEDULERS.get(judged.target.name)
    if schedule is None:
        return
    for cron in judged.each(Cron):
        try:
            schedule({"every": cron.every, "schedule": cron.schedule})
        except Inexpressible as error:
            if error.fact is None:
                continue
            yield SCHEDULE_INEXPRESSIBLE.at(
                judged.place(cron, "schedule" if cron.every is None else "every"),
                subject=subject("cron", cron.name),
                reason=error.reason,
                target=judged.target.title,
                scheduler=error.fact.provider,
                bound=error.bound,
                cure=error.cure,
                source=cited(error.fact),
            )
