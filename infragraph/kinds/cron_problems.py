"""What can be wrong with a cron job."""

from collections.abc import Mapping

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import Example, Problem


def _application(options: str, parameters: str = "") -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from infragraph import Service

shop = Service("shop")


@{options}
async def reorder({parameters}) -> None: ...
"""
    }


CRON_WITHOUT_TIME = Problem(
    code="IG2501",
    slug="cron-without-time",
    severity=Severity.ERROR,
    summary="{subject} does not say when it runs",
    why="Without a period or a schedule there is nothing to run it by.",
    help="give it 'every' or 'schedule'",
    example=Example(
        bad=_application('«shop.cron("reorder")»'),
        good=_application('shop.cron("reorder", every="1h")'),
    ),
)

CRON_WITH_BOTH = Problem(
    code="IG2502",
    slug="cron-with-both",
    severity=Severity.ERROR,
    summary="{subject} has both a period and a schedule",
    why="The two name different times, and only one of them can be meant.",
    help="keep either 'every' or 'schedule'",
    example=Example(
        bad=_application('shop.cron("reorder", every="1h", schedule=«"0 4 * * *"»)'),
        good=_application('shop.cron("reorder", schedule="0 4 * * *")'),
    ),
)

SCHEDULE_MALFORMED = Problem(
    code="IG2503",
    slug="schedule-malformed",
    severity=Severity.ERROR,
    summary="{subject} has the schedule {schedule!r}: {reason}",
    why="A schedule has to mean the same times wherever the application runs.",
    help="{cure}",
    example=Example(
        bad=_application('shop.cron("reorder", schedule=«"0 24 * * *"»)'),
        good=_application('shop.cron("reorder", schedule="0 0 * * *")'),
    ),
)

SCHEDULE_NEVER = Problem(
    code="IG2504",
    slug="schedule-never",
    severity=Severity.ERROR,
    summary="{subject} has the schedule {schedule!r}, which never comes",
    why="None of its months has any of its days, so that the job would not run even once.",
    help="name days that the months have",
    example=Example(
        bad=_application('shop.cron("reorder", schedule=«"0 4 31 2 *"»)'),
        good=_application('shop.cron("reorder", schedule="0 4 28 2 *")'),
    ),
)

PERIOD_ZERO = Problem(
    code="IG2505",
    slug="period-zero",
    severity=Severity.ERROR,
    summary="{subject} runs every 0 seconds",
    why="A job that is always due never stops running.",
    help='write a period such as "1h"',
    example=Example(
        bad=_application('shop.cron("reorder", every=«"0s"»)'),
        good=_application('shop.cron("reorder", every="1h")'),
    ),
)

PERIOD_DIVIDES_NO_DAY = Problem(
    code="IG2506",
    slug="period-divides-no-day",
    severity=Severity.ERROR,
    summary="{subject} runs by a period that does not divide a day",
    why="Periods are counted from midnight UTC, so the last one of a day would be cut short.",
    help="write a period that divides 24 hours, such as \"6h\", or use 'schedule'",
    example=Example(
        bad=_application('shop.cron("reorder", every=«"7h"»)'),
        good=_application('shop.cron("reorder", every="6h")'),
    ),
)

TIMEZONE_UNKNOWN = Problem(
    code="IG2507",
    slug="timezone-unknown",
    severity=Severity.ERROR,
    summary="{subject} runs by the clock of {timezone!r}, which is no time zone",
    why="The IANA database, which every cloud and Python reads, does not list it.",
    help="{cure}",
    example=Example(
        bad=_application(
            'shop.cron("reorder", schedule="0 4 * * *", timezone=«"Europe/Amsterdm"»)'
        ),
        good=_application(
            'shop.cron("reorder", schedule="0 4 * * *", timezone="Europe/Amsterdam")'
        ),
    ),
)

TIMEZONE_WITH_PERIOD = Problem(
    code="IG2508",
    slug="timezone-with-period",
    severity=Severity.ERROR,
    summary="{subject} has a time zone, which says nothing about a period",
    why="Periods are counted from midnight UTC; the time zone would be silently ignored.",
    help="leave 'timezone' out, or write a 'schedule' instead of 'every'",
    example=Example(
        bad=_application('shop.cron("reorder", every="1h", timezone=«"Europe/Amsterdam"»)'),
        good=_application('shop.cron("reorder", every="1h")'),
    ),
)

CRON_HANDLER_PARAMETERS = Problem(
    code="IG2509",
    slug="cron-handler-parameters",
    severity=Severity.ERROR,
    summary="{subject} has the parameter {parameter!r}, and jobs are called without arguments",
    why="Every run would fail, since nobody knows what to pass.",
    help="remove the parameter, or give it a default",
    example=Example(
        bad=_application('shop.cron("reorder", every="1h")', "«limit: int»"),
        good=_application('shop.cron("reorder", every="1h")', "limit: int = 10"),
    ),
)

CRON_PROBLEMS = (
    CRON_WITHOUT_TIME,
    CRON_WITH_BOTH,
    SCHEDULE_MALFORMED,
    SCHEDULE_NEVER,
    PERIOD_ZERO,
    PERIOD_DIVIDES_NO_DAY,
    TIMEZONE_UNKNOWN,
    TIMEZONE_WITH_PERIOD,
    CRON_HANDLER_PARAMETERS,
)
