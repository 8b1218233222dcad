"""What a run keeps of its spans and logs: masked, found again, and never more than so much."""

import json
import sqlite3
import threading
import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infragraph.local.telemetry.database import opened, reading, size
from infragraph.local.telemetry.masking import Masks
from infragraph.local.telemetry.messages import MessageRecord, shown
from infragraph.local.telemetry.records import LogRecord, SpanRecord

CAP = 256 << 20
"""Bytes; the oldest goes when more is kept."""

SPANS_OF_A_TRACE = 5000
"""What comes after them is counted, and not kept."""

QUERY_SECONDS = 5.0
_STEPS = 10_000

_SPAN_COLUMNS = (
    "trace_id, span_id, parent_id, service, name, kind, start_ns, end_ns, is_error, message, "
    "node, entry, message_id, attributes, events, links"
)
_SUMMARY = """
insert or replace into traces
select s.trace_id, min(s.start_ns), max(s.end_ns),
    (select name from spans r where r.trace_id = s.trace_id
        order by r.parent_id is not null, r.start_ns limit 1),
    (select service from spans r where r.trace_id = s.trace_id
        order by r.parent_id is not null, r.start_ns limit 1),
    group_concat(distinct s.service), count(*), sum(s.is_error)
from spans s where s.trace_id = ? group by s.trace_id
"""


class SlowQueryError(Exception):
    """What is kept is more than can be looked through."""

    def __init__(self) -> None:
        super().__init__(f"this looked for longer than {QUERY_SECONDS:g} s: ask for less")


class Store:
    """Any thread may use it; `revision` grows with everything that is added."""

    def __init__(self, folder: Path, masks: Masks, cap: int = CAP) -> None:
        self._connection = opened(folder)
        self._lock = threading.Lock()
        self._reader = reading(folder)
        self._reading = threading.Lock()
        self._masks = masks
        self._cap = cap
        self._dropped: dict[str, int] = {}
        self.revision = 0
        self.passed_over = 0

    def close(self) -> None:
        with self._lock, self._reading:
            self._reader.close()
            self._connection.close()

    def add_spans(self, spans: Iterable[SpanRecord]) -> None:
        rows = [_row(self._masks.span(span)) for span in spans]
        with self._writing() as connection:
            kept = [row for row in rows if self._has_room(connection, row[0])]
            self.passed_over += len(rows) - len(kept)
            connection.executemany(
                f"insert or replace into spans ({_SPAN_COLUMNS}) "  # noqa: S608 - a constant
                f"values ({', '.join('?' * 16)})",
                kept,
            )
            for trace in sorted({str(row[0]) for row in kept}):
                connection.execute(_SUMMARY, (trace,))

    def add_logs(self, logs: Iterable[LogRecord]) -> None:
        rows = [_log_row(self._masks.log(log)) for log in logs]
        with self._writing() as connection:
            connection.executemany(
                "insert into logs (time_ns, service, level, message, trace_id, span_id, fields) "
                "values (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def add_messages(self, messages: Iterable[MessageRecord]) -> None:
        masks = self._masks
        rows = [
            (
                it.topic,
                it.subscription,
                json.dumps(
                    {
                        **shown(it.envelope, masks),
                        "reason": masks.text(it.reason),
                        "attempts": it.attempts,
                    },
                    ensure_ascii=False,
                ),
            )
            for it in messages
        ]
        with self._writing() as connection:
            connection.executemany(
                "insert into messages (topic, subscription, shown) values (?, ?, ?)", rows
            )

    def remove_message(self, sequence: int) -> None:
        """One that was told of is shown no more."""
        with self._writing() as connection:
            connection.execute("delete from messages where sequence = ?", (sequence,))

    def lost(self, process: str, count: int) -> None:
        """A process says how many spans it has dropped so far."""
        self._dropped[process] = max(count, self._dropped.get(process, 0))

    @property
    def dropped(self) -> int:
        """Spans that nobody will see: of full queues, and of traces without end."""
        return sum(self._dropped.values()) + self.passed_over

    def query(self, sql: str, arguments: Sequence[object] = ()) -> list[dict[str, Any]]:
        """The rows of a statement that reads.

        Raises:
            SlowQueryError: it looked for too long.
        """
        end = time.monotonic() + QUERY_SECONDS
        with self._reading:
            self._reader.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
            try:
                cursor = self._reader.execute(sql, arguments)
                names = [column[0] for column in cursor.description]
                return [dict(zip(names, row, strict=True)) for row in cursor]
            except sqlite3.OperationalError as error:
                if time.monotonic() > end:
                    raise SlowQueryError from error
                raise

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        with self._lock:
            connection = self._connection
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")
            self._keep_small(connection)
            self.revision += 1

    def _has_room(self, connection: sqlite3.Connection, trace: object) -> bool:
        found = connection.execute("select spans from traces where trace_id = ?", (trace,))
        row = found.fetchone()
        return row is None or row[0] < SPANS_OF_A_TRACE

    def _keep_small(self, connection: sqlite3.Connection) -> None:
        """Whole traces go, the oldest first, and as large a share of lines and messages."""
        while size(connection) > self._cap:
            gone = connection.execute(
                "select trace_id from traces order by start_ns "
                "limit (select max(1, count(*) / 8) from traces)"
            ).fetchall()
            connection.executemany("delete from spans where trace_id = ?", gone)
            connection.executemany("delete from traces where trace_id = ?", gone)
            others = sum(
                connection.execute(
                    f"delete from {table} where {key} in (select {key} from {table} "  # noqa: S608 - constants
                    f"order by {key} limit (select max(1, count(*) / 8) from {table}))"
                ).rowcount
                for table, key in (("logs", "id"), ("messages", "sequence"))
            )
            connection.execute("pragma incremental_vacuum").fetchall()
            if not gone and not others:
                return


def _row(span: SpanRecord) -> tuple[object, ...]:
    return (
        span.trace_id,
        span.span_id,
        span.parent_id,
        span.service,
        span.name,
        span.kind,
        span.start_ns,
        span.end_ns,
        span.is_error,
        span.message,
        span.node,
        span.entry,
        span.message_id,
        json.dumps(span.attributes, ensure_ascii=False),
        json.dumps(span.events, ensure_ascii=False),
        json.dumps(span.links, ensure_ascii=False),
    )


def _log_row(log: LogRecord) -> tuple[object, ...]:
    return (
        log.time_ns,
        log.service,
        log.level,
        log.message,
        log.trace_id,
        log.span_id,
        json.dumps(log.fields, ensure_ascii=False),
    )
