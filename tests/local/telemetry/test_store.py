"""What is kept, how it is found again, and that it never grows beyond its cap."""

import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from infragraph.local.telemetry import queries
from infragraph.local.telemetry import store as telemetry_store
from infragraph.local.telemetry.database import FILE
from infragraph.local.telemetry.lines import read_line
from infragraph.local.telemetry.masking import MASK, Masks
from infragraph.local.telemetry.queries import Wanted
from infragraph.local.telemetry.store import SPANS_OF_A_TRACE, SlowQueryError, Store
from tests.local.telemetry.spans import SPAN, span


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "telemetry", Masks(["hunter2-secret"]))) as opened:
        yield opened


def names(found: list[dict[str, object]]) -> list[object]:
    return [row["name"] for row in found]


def test_13_its_files_are_for_their_owner_alone(store: Store, tmp_path: Path) -> None:
    store.add_spans([SPAN])

    files = sorted((tmp_path / "telemetry").iterdir())
    assert [it.name for it in files] == [FILE, f"{FILE}-shm", f"{FILE}-wal"]
    assert {stat.S_IMODE(it.stat().st_mode) for it in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "telemetry").stat().st_mode) == 0o700


def test_a_trace_is_told_by_its_first_span_and_found_by_what_its_spans_say(store: Store) -> None:
    child = span(
        1,
        trace_id=SPAN.trace_id,
        parent_id=SPAN.span_id,
        service="emails",
        name="process signups",
        start_ns=SPAN.start_ns + 1,
        end_ns=SPAN.end_ns + 1,
        is_error=True,
        message="gaierror: no such host",
        attributes={"messaging.message.id": "100%_m1"},
    )
    # A child may come before its parent.
    store.add_spans([child])
    store.add_spans([SPAN])
    store.add_spans([span(2, name="GET /other", start_ns=1, end_ns=2)])

    whole = {
        "trace_id": SPAN.trace_id,
        "start_ns": SPAN.start_ns,
        "end_ns": SPAN.end_ns + 1,
        "name": "POST /signup",
        "service": "accounts",
        "services": ["accounts", "emails"],
        "spans": 2,
        "errors": 1,
    }
    for wanted in (
        Wanted(text="gaierror"),
        Wanted(text="100%_m1"),
        Wanted(text=SPAN.trace_id),
        Wanted(service="emails"),
        Wanted(only_errors=True),
        Wanted(least_ms=200),
    ):
        assert queries.traces(store, wanted) == [whole], wanted
    assert names(queries.traces(store, Wanted())) == ["POST /signup", "GET /other"]
    assert names(queries.traces(store, Wanted(before=SPAN.start_ns))) == ["GET /other"]
    for text in ("100%_", "%"):
        assert len(queries.traces(store, Wanted(text=text))) == 1, text
    assert queries.traces(store, Wanted(text="1_0")) == []
    assert queries.traces(store, Wanted(service="email")) == []
    assert names(queries.trace(store, SPAN.trace_id)) == ["POST /signup", "process signups"]


def test_12_secrets_are_masked_before_anything_is_written(store: Store, tmp_path: Path) -> None:
    attributes = {"db.query.text": "select 'hunter2-secret'", "password": "short"}
    event = {"name": "exception", "time_ns": 1, "attributes": {"m": "hunter2-secret"}}
    store.add_spans([span(1, attributes=attributes, events=[event], message="hunter2-secret")])
    store.add_logs([read_line("a", "the key is hunter2-secret")])

    (kept,) = queries.trace(store, f"{1:032x}")
    assert kept["attributes"] == {"db.query.text": f"select '{MASK}'", "password": MASK}
    assert queries.logs(store, Wanted())[0]["message"] == f"the key is {MASK}"
    written = b"".join(it.read_bytes() for it in (tmp_path / "telemetry").iterdir())
    assert b"hunter2-secret" not in written
    assert b"the key is" in written


@pytest.mark.slow
def test_the_oldest_goes_when_more_is_kept_than_may_be(tmp_path: Path) -> None:
    cap = 1 << 20
    with closing(Store(tmp_path, Masks([]), cap)) as store:
        for number in range(1, 600):
            long = {"a": f"{number} " * 2000}
            store.add_spans([span(number, start_ns=number, end_ns=number, attributes=long)])
            store.add_logs([read_line("a", f"{number} " * 500)])

        kept = [int(it["trace_id"], 16) for it in queries.traces(store, Wanted())]
        (orphans,) = store.query(
            "select count(*) as count from spans "
            "where trace_id not in (select trace_id from traces)"
        )

    assert kept[0] == 599
    assert kept == list(range(599, 599 - len(kept), -1))
    assert orphans == {"count": 0}
    assert (tmp_path / FILE).stat().st_size < 2 * cap


def test_a_trace_without_end_is_cut_and_what_is_left_out_is_counted(store: Store) -> None:
    many = [span(it, trace_id=SPAN.trace_id) for it in range(1, SPANS_OF_A_TRACE + 1)]
    store.add_spans(many)
    store.add_spans([span(SPANS_OF_A_TRACE + 1, trace_id=SPAN.trace_id)])
    store.lost("1", 3)
    store.lost("1", 5)
    store.lost("2", 2)

    assert queries.traces(store, Wanted())[0]["spans"] == SPANS_OF_A_TRACE
    assert store.dropped == 1 + 5 + 2


def test_a_file_that_is_damaged_is_replaced(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database" * 1000)

    with closing(Store(tmp_path, Masks([]))) as store:
        store.add_spans([SPAN])
        assert names(queries.traces(store, Wanted())) == ["POST /signup"]


def test_many_threads_may_use_it(store: Store) -> None:
    def add(first: int) -> None:
        for number in range(first, first + 25):
            store.add_spans([span(number)])
            queries.traces(store, Wanted())

    threads = [threading.Thread(target=add, args=(1 + 25 * it,)) for it in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(queries.traces(store, Wanted())) == queries.PAGE


def test_a_search_ends_and_holds_up_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telemetry_store, "QUERY_SECONDS", 0.2)
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    failed: list[SlowQueryError] = []

    def search() -> None:
        try:
            store.query(endless)
        except SlowQueryError as error:
            failed.append(error)

    searching = threading.Thread(target=search)
    searching.start()
    store.add_spans([SPAN])
    searching.join(10)

    assert [type(it) for it in failed] == [SlowQueryError]
    assert names(queries.traces(store, Wanted())) == ["POST /signup"]


def test_lines_of_ours_and_of_others_are_kept(store: Store) -> None:
    ours = (
        '{"time": "2026-01-01T00:00:00+00:00", "level": "warning", "service": "b", '
        '"message": "it failed", "trace_id": "t", "span_id": "s", "exception": "Traceback"}'
    )
    lines = [ours, "print", "{not json", '{"no": "message"}', '["message"]']
    store.add_logs([read_line("a", line) for line in lines])

    found = queries.logs(store, Wanted(level="warning"))
    assert found == [
        {
            "id": 1,
            "time_ns": 1767225600 * 10**9,
            "service": "b",
            "level": "warning",
            "message": "it failed",
            "trace_id": "t",
            "span_id": "s",
            "fields": {"exception": "Traceback"},
        }
    ]
    assert queries.logs(store, Wanted(trace="t")) == found
    assert queries.logs(store, Wanted(text="Traceback")) == found
    assert [it["message"] for it in queries.logs(store, Wanted(service="a"))] == lines[:0:-1]


def test_traffic_is_counted_by_who_did_what_to_what(store: Store) -> None:
    publish = {"kind": "producer", "node": "topic:a", "entry": "endpoint:a/b"}
    store.add_spans(
        [
            span(1, start_ns=10, end_ns=2_000_010, **publish),
            span(2, start_ns=20, end_ns=4_000_020, is_error=True, **publish),
            span(3, start_ns=5, **publish),
            span(4, start_ns=20, node=None),
        ]
    )

    assert queries.traffic(store, 10) == [
        {
            "entry": "endpoint:a/b",
            "service": "accounts",
            "node": "topic:a",
            "kind": "producer",
            "count": 2,
            "errors": 1,
            "mean_ms": 3.0,
        }
    ]
