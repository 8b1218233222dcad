"""What clouds and brokers allow, provider by provider: a page from the data that the rules use."""

from collections.abc import Iterable, Iterator

from docs.generating.markdown import fenced, page, prose, table
from docs.generating.problems import anchor, block_of
from infragraph.diagnostics.problem import Problem
from infragraph.portability.limits.limit import Limit, Provider, Trait

_INTRODUCTION = (
    "An application that runs on one cloud may ask for what another does not give. "
    "`infragraph analyze` holds it against the targets that `targets` and `environments` of "
    "`infragraph.yaml` name, or those of `--target`; a target is `aws`, `gcp`, `nats` or `nsq`. "
    "With several, the run fails where any of them is impossible."
)

_COMMAND = "infragraph analyze --target aws --target gcp"

_FINDINGS = (
    "A finding stands at the option that asks too much, and names the target, what it allows, who "
    "says so and the day on which that was read. All of them are in the "
    "[reference](reference/problems/portability.md)."
)

_CRONS = """\
AWS runs crons by EventBridge Scheduler, Google Cloud by Cloud Scheduler. Neither is ever told a
rate: `every` becomes cron expressions from midnight UTC, several where one cannot say it. An hour
and a half is these two on AWS:

| `every="90m"` | fires at |
| --- | --- |
| `cron(0 0/3 * * ? *)` | 0:00, 3:00, 6:00 … |
| `cron(30 1/3 * * ? *)` | 1:30, 4:30, 7:30 … |

A `schedule` that gives a day of the month and a day of the week means either of them. Cloud
Scheduler reads it so too; EventBridge takes one of the two in an expression, and two expressions
would fire twice on a day that fits both, so that on AWS it is an error. What begins with a star and
a step, as `*/2`, beside the other day means both, which neither scheduler can be told.
"""

_DATA = (
    "A default that the provider lets be raised is marked with what raises it. What was not found "
    "in a source is not a fact: it has no number here, and is held against nobody."
)


def text(providers: Iterable[Provider], problems: Iterable[Problem]) -> str:
    by_code = {problem.code: problem for problem in problems}
    return page(
        "# Clouds and brokers",
        _INTRODUCTION,
        fenced(_COMMAND, "console"),
        _FINDINGS,
        "## Cron jobs",
        _CRONS,
        "## What each provider allows",
        _DATA,
        *(part for provider in providers for part in _provider(provider, by_code)),
    )


def _provider(provider: Provider, problems: dict[str, Problem]) -> Iterator[str]:
    yield f"### {provider.name}"
    limits = [limit for limit in provider.limits if limit.verified]
    yield table(
        ("limit", "value", "unit", "held by", "source", "read"),
        (
            (
                prose(limit.name),
                f"{limit.value:,}"
                + (f" (raised by {prose(limit.setting)})" if limit.setting else ""),
                limit.unit,
                _holder(limit, problems),
                f"[{_host(limit.source)}]({limit.source})",
                limit.read,
            )
            for limit in limits
        ),
    )
    if provider.traits:
        yield table(
            ("about", "what holds", "held by", "source", "read"),
            (
                (
                    prose(trait.name),
                    prose(trait.says),
                    _holder(trait, problems),
                    f"[{_host(trait.source)}]({trait.source})",
                    trait.read,
                )
                for trait in provider.traits
                if trait.verified
            ),
        )
    facts: list[Limit | Trait] = [*provider.limits, *provider.traits]
    doubtful = [fact.name for fact in facts if not fact.verified]
    if doubtful:
        yield f"Not found in a source: {prose(', '.join(doubtful))}."


def _holder(fact: Limit | Trait, problems: dict[str, Problem]) -> str:
    """The problem that holds an application to it, or why none can."""
    if not fact.code:
        return f"nothing: {prose(fact.unchecked)}"
    problem = problems[fact.code]
    path = f"reference/problems/{block_of(problem).slug}.md#{anchor(problem)}"
    return f"[{fact.code}]({path})"


def _host(source: str) -> str:
    return source.removeprefix("https://").partition("/")[0]
