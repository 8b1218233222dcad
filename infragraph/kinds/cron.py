"""Cron jobs: when each runs, and what can be wrong with that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.diagnostics.words import nearest
from infragraph.kinds.arguments import Arguments, bind
from infragraph.kinds.cron_problems import (
    CRON_HANDLER_PARAMETERS,
    CRON_PROBLEMS,
    CRON_WITH_BOTH,
    CRON_WITHOUT_TIME,
    PERIOD_DIVIDES_NO_DAY,
    PERIOD_ZERO,
    SCHEDULE_MALFORMED,
    SCHEDULE_NEVER,
    TIMEZONE_UNKNOWN,
    TIMEZONE_WITH_PERIOD,
)
from infragraph.kinds.handlers import declared_here, handler_findings, required
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.owner import service_of
from infragraph.kinds.schedule import ScheduleFault, never_comes, parsed
from infragraph.kinds.timezones import TIMEZONES
from infragraph.model.declaration import Declaration
from infragraph.model.graph import Property
from infragraph.model.resource import Resource
from infragraph.sdk import service as sdk


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron(Resource):
    """A cron job; it has either `every` (seconds) or `schedule`, None is what is not known too."""

    every: float | None
    schedule: str | None
    timezone: str | None
    handler: str


def declare(declaration: Declaration, surroundings: Surroundings) -> Declared:
    arguments = bind(declaration, sdk.Service.cron)
    # Without a name it stays an entry point, so that its uses are not laid at another's door.
    name = arguments.name() or declaration.symbol.rpartition(".")[2]
    every = arguments.duration("every")
    schedule = arguments.text("schedule")
    timezone = arguments.text("timezone")
    diagnostics = (
        *arguments.findings,
        *_choice_findings(arguments),
        *_period_findings(arguments, every),
        *_schedule_findings(arguments, schedule),
        *_timezone_findings(arguments, timezone),
        *handler_findings(declaration, arguments.subject),
        *_parameter_findings(declaration, arguments.subject),
    )
    cron = Cron(
        id=f"cron:{name}",
        key=declaration.key,
        kind="cron",
        name=name,
        service=service_of(declaration, surroundings),
        span=declaration.span,
        name_span=arguments.span("name"),
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
        every=every,
        schedule=schedule,
        timezone=timezone,
        handler=declaration.symbol,
    )
    return Declared(resource=cron, diagnostics=diagnostics)


def properties(cron: Cron, _surroundings: Surroundings) -> Mapping[str, Property]:
    return {
        "every": cron.every,
        "schedule": cron.schedule,
        "timezone": cron.timezone,
        "handler": cron.handler,
    }


def _choice_findings(arguments: Arguments) -> Iterator[Diagnostic]:
    """A finding where not one of `every` and `schedule` is given; spread options may hide one."""
    if not {"every", "schedule"} <= arguments.by_option.keys():
        return
    has_period, has_schedule = (not arguments.is_none(it) for it in ("every", "schedule"))
    if has_period and has_schedule:
        label = Label(span=arguments.span("every"), text="the period is given here")
        span = arguments.span("schedule")
        yield CRON_WITH_BOTH.at(span, labels=(label,), subject=arguments.subject)
    if not has_period and not has_schedule:
        yield CRON_WITHOUT_TIME.at(arguments.call, subject=arguments.subject)


DAY_IN_MICROSECONDS = 24 * 60 * 60 * 1_000_000


def _period_findings(arguments: Arguments, every: float | None) -> Iterator[Diagnostic]:
    if every is None:
        return
    period = round(every * 1_000_000)
    span, subject = arguments.span("every"), arguments.subject
    if period == 0:
        yield PERIOD_ZERO.at(span, subject=subject)
    elif DAY_IN_MICROSECONDS % period:
        yield PERIOD_DIVIDES_NO_DAY.at(span, subject=subject)


def _schedule_findings(arguments: Arguments, schedule: str | None) -> Iterator[Diagnostic]:
    if schedule is None:
        return
    span, subject = arguments.span("schedule"), arguments.subject
    times = parsed(schedule)
    if isinstance(times, ScheduleFault):
        yield SCHEDULE_MALFORMED.at(
            span, subject=subject, schedule=schedule, reason=times.reason, cure=times.cure
        )
    elif never_comes(times):
        yield SCHEDULE_NEVER.at(span, subject=subject, schedule=schedule)


def _timezone_findings(arguments: Arguments, timezone: str | None) -> Iterator[Diagnostic]:
    if timezone is None or not arguments.is_written("timezone"):
        return
    span, subject = arguments.span("timezone"), arguments.subject
    if timezone not in TIMEZONES:
        near = nearest(timezone, TIMEZONES)
        cure = f"write '{near}'" if near else 'write a name such as "Europe/Amsterdam"'
        yield TIMEZONE_UNKNOWN.at(span, subject=subject, timezone=timezone, cure=cure)
    elif not arguments.is_none("every") and arguments.is_none("schedule"):
        yield TIMEZONE_WITH_PERIOD.at(span, subject=subject)


def _parameter_findings(declaration: Declaration, subject: str) -> Iterator[Diagnostic]:
    if declaration.handler is None:
        return
    for parameter in required(declaration.handler):
        yield CRON_HANDLER_PARAMETERS.at(
            parameter.span,
            labels=declared_here(declaration, subject, declaration.handler),
            subject=subject,
            parameter=parameter.name,
        )
        return  # Of several it is the same mistake.


KIND = Kind(name="cron", declare=declare, properties=properties, problems=CRON_PROBLEMS)
