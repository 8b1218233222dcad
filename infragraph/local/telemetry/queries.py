"""What is asked of the store: traces, their spans, log lines, and what went over which edge."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infragraph.local.telemetry.store import Store

PAGE = 100
_MOST_SPANS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which traces or lines; an empty text and a zero want all, `before` is where a page ends."""

    text: str = ""
    service: str = ""
    level: str = ""
    trace: str = ""
    only_errors: bool = False
    least_ms: float = 0
    before: int = 0


def traces(store: Store, wanted: Wanted) -> list[dict[str, Any]]:
    """The newest first; `text` is looked for in all that their spans say."""
    conditions, arguments = ["(end_ns - start_ns) >= ?"], [int(wanted.least_ms * 1e6)]
    given: list[object] = list(arguments)
    if wanted.before:
        conditions.append("start_ns < ?")
        given.append(wanted.before)
    if wanted.only_errors:
        conditions.append("errors > 0")
    if wanted.service:
        conditions.append("(',' || services || ',') like ? escape '\\'")
        given.append(_containing(f",{wanted.service},"))
    if wanted.text:
        conditions.append(
            "(trace_id = ? or trace_id in (select trace_id from spans "
            "where name like ? escape '\\' or attributes like ? escape '\\' "
            "or message like ? escape '\\'))"
        )
        given += [wanted.text, *[_containing(wanted.text)] * 3]
    where = " and ".join(conditions)
    found = store.query(
        f"select * from traces where {where} order by start_ns desc limit {PAGE}",  # noqa: S608 - of constants
        given,
    )
    return [{**row, "services": sorted(row["services"].split(","))} for row in found]


def trace(store: Store, trace_id: str) -> list[dict[str, Any]]:
    """The spans of a trace, by when they began."""
    return [
        _read(row)
        for row in store.query(
            f"select * from spans where trace_id = ? order by start_ns, id limit {_MOST_SPANS}",  # noqa: S608 - a constant
            (trace_id,),
        )
    ]


def attempts(store: Store, messages: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """What was done with messages, by their ids."""
    places = ", ".join("?" * len(messages))
    found = store.query(
        "select message_id, trace_id, span_id, node, start_ns, end_ns, is_error, message, "  # noqa: S608 - places
        "attributes from spans "
        f"where kind = 'consumer' and message_id in ({places}) order by start_ns",
        messages,
    )
    by_message: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_message.setdefault(row["message_id"], []).append(
            {**row, "attributes": json.loads(row["attributes"])}
        )
    return by_message


def logs(store: Store, wanted: Wanted) -> list[dict[str, Any]]:
    """The newest first."""
    conditions: list[str] = ["1"]
    given: list[object] = []
    for column, value in (
        ("service", wanted.service),
        ("level", wanted.level),
        ("trace_id", wanted.trace),
    ):
        if value:
            conditions.append(f"{column} = ?")
            given.append(value)
    if wanted.before:
        conditions.append("id < ?")
        given.append(wanted.before)
    if wanted.text:
        conditions.append("(message like ? escape '\\' or fields like ? escape '\\')")
        given += [_containing(wanted.text)] * 2
    where = " and ".join(conditions)
    found = store.query(
        f"select * from logs where {where} order by id desc limit {PAGE * 2}",  # noqa: S608 - of constants
        given,
    )
    return [{**row, "fields": json.loads(row["fields"])} for row in found]


def messages(
    store: Store, topic: str, subscription: str | None, before: int, count: int
) -> list[dict[str, Any]]:
    """A topic's messages as told, or a subscription's dead letters; the newest first."""
    found = store.query(
        "select sequence, shown from messages where topic = ? and subscription is ? "
        "and sequence < ? order by sequence desc limit ?",
        (topic, subscription, before or (1 << 62), count),
    )
    return [{**json.loads(row["shown"]), "sequence": row["sequence"]} for row in found]


def message_counts(store: Store) -> dict[tuple[str, str | None], int]:
    """How many were told of, by topic and subscription."""
    rows = store.query(
        "select topic, subscription, count(*) as count from messages group by topic, subscription"
    )
    return {(row["topic"], row["subscription"]): row["count"] for row in rows}


def traffic(store: Store, since_ns: int) -> list[dict[str, Any]]:
    """How often what did what since then: by entry point, node and kind of span."""
    return store.query(
        "select coalesce(entry, '') as entry, service, node, kind, count(*) as count, "
        "sum(is_error) as errors, avg(end_ns - start_ns) / 1e6 as mean_ms "
        "from spans where start_ns >= ? and node is not null "
        "group by entry, service, node, kind order by entry, service, node, kind",
        (since_ns,),
    )


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **row,
        **{name: json.loads(row[name]) for name in ("attributes", "events", "links")},
    }


def _containing(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
