"""What is traced, and what belongs to what."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from opentelemetry.trace import SpanKind, StatusCode

from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.envelope import Envelope
from infragraph.runtime.tracing.open_telemetry import trace_ids
from infragraph.sdk.errors import NotFound
from tests.runtime.applications import importable, process, write
from tests.runtime.clocks import ManualClock, settle
from tests.runtime.consuming_on_memory import CHANNEL
from tests.runtime.tracing.recorded import Recorded, attributes, own, parent, trace

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"

FILES = {
    "traced/__init__.py": "",
    "traced/api.py": """
from dataclasses import dataclass

from infragraph import Retry, Service, Topic

traced = Service("traced")


@dataclass(frozen=True)
class Note:
    text: str


notes = Topic[Note]("notes")
seen: list[str] = []


@traced.post("/notes/{text}", access="public")
async def write_down(text: str) -> None:
    await notes.publish(Note(text))


@traced.subscribe(notes, "keep", retry=Retry(min_backoff="1s", max_backoff="1s"))
async def keep(note: Note) -> None:
    seen.append(note.text)
    if len(seen) < 3:
        raise ValueError(note.text)
""",
}


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    with importable(tmp_path, "traced"):
        yield tmp_path


async def test_a_request_its_message_and_every_attempt_are_one_trace(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorded = Recorded()
    graph = write(root, FILES)
    lines: list[tuple[str, str] | None] = []

    def note(_record: logging.LogRecord) -> bool:
        lines.append(trace_ids())
        return True

    caplog.handler.addFilter(note)

    async with process(root, graph, "traced", spans=recorded.spans) as (_, client, made):
        clock = made.clock
        assert isinstance(clock, ManualClock)
        # `-03`: sampled, and random.
        headers = {"traceparent": f"00-{TRACE}-{SPAN}-03"}
        answer = await client.post("/notes/a", headers=headers)
        assert answer.status_code == 204
        for _ in range(2):
            await settle()
            await clock.advance(2)
        await settle()

    serving, sending = recorded.ended["POST /notes/{text}"], recorded.ended["send notes"]
    attempts = recorded.all("process notes")
    assert {trace(it) for it in (serving, sending, *attempts)} == {int(TRACE, 16)}
    # What is logged of a failure belongs to the attempt that failed.
    assert lines == [(TRACE, f"{own(it):016x}") for it in attempts[:2]]
    assert parent(serving) == int(SPAN, 16)
    assert parent(sending) == own(serving)
    assert [parent(it) for it in attempts] == [own(sending)] * 3
    assert [[link.context.span_id for link in it.links] for it in attempts] == [[own(sending)]] * 3
    assert [attributes(it)["infragraph.attempt"] for it in attempts] == [1, 2, 3]
    assert [it.status.status_code for it in attempts] == [
        StatusCode.ERROR,
        StatusCode.ERROR,
        StatusCode.UNSET,
    ]
    assert (serving.kind, sending.kind, attempts[0].kind) == (
        SpanKind.SERVER,
        SpanKind.PRODUCER,
        SpanKind.CONSUMER,
    )
    assert attributes(serving) == {
        "infragraph.node": "endpoint:traced/write_down",
        "infragraph.entry": "endpoint:traced/write_down",
        "infragraph.service": "traced",
        "http.request.method": "POST",
        "http.route": "/notes/{text}",
        "http.response.status_code": 204,
    }
    assert attributes(sending) == {
        "messaging.system": "memory",
        "messaging.operation.name": "send",
        "messaging.operation.type": "send",
        "messaging.destination.name": "notes",
        "infragraph.node": "topic:notes",
        "infragraph.entry": "endpoint:traced/write_down",
        "infragraph.service": "traced",
    }
    message = attributes(attempts[2])["messaging.message.id"]
    assert attributes(attempts[2]) == {
        "messaging.system": "memory",
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.destination.name": "notes",
        "messaging.destination.subscription.name": "keep",
        "messaging.message.id": message,
        "infragraph.node": "subscription:notes/keep",
        "infragraph.entry": "subscription:notes/keep",
        "infragraph.service": "traced",
        "infragraph.attempt": 3,
    }


TWO = {
    "traced/__init__.py": "",
    "traced/one.py": """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from infragraph import Service
from traced.two import answer, answer_at_once

one = Service("one")


async def page(request):
    return PlainTextResponse("", 503)


one.mount("/pages", Starlette(routes=[Route("/a", page)]))


@one.get("/sum", access="public")
async def add() -> int:
    return await answer() + answer_at_once()
""",
    "traced/two.py": """
from infragraph import Service

two = Service("two")


@two.get("/answer")
async def answer() -> int:
    return 1


@two.get("/at-once")
def answer_at_once() -> int:
    return 2
""",
}


async def test_calls_within_a_process_and_mounted_applications_are_traced(root: Path) -> None:
    recorded = Recorded()
    graph = write(root, TWO)

    async with process(root, graph, "one", "two", spans=recorded.spans) as (_, client, _):
        assert (await client.get("/sum")).json() == 3
        assert (await client.get("/pages/a")).status_code == 503

    serving = recorded.ended["GET /sum"]
    for name in ("answer", "answer_at_once"):
        call = recorded.ended[f"call two/{name}"]
        assert parent(call) == own(serving)
        assert attributes(call) == {
            "infragraph.node": f"endpoint:two/{name}",
            "infragraph.entry": "endpoint:one/add",
            "infragraph.service": "one",
        }
    mounted = recorded.ended["GET /pages"]
    assert mounted.status.status_code is StatusCode.ERROR
    assert attributes(mounted) == {
        "infragraph.node": "service:one",
        "infragraph.service": "one",
        "http.request.method": "GET",
        "http.route": "/pages",
        "http.response.status_code": 503,
        "error.type": "503",
    }


@pytest.mark.parametrize(
    ("flags", "is_kept"), [("01", True), ("03", True), ("02", False), ("00", False)]
)
def test_a_trace_is_kept_by_the_first_bit_of_its_flags(flags: str, is_kept: bool) -> None:  # noqa: FBT001
    recorded = Recorded()

    headers = {"traceparent": f"00-{TRACE}-{SPAN}-{flags}"}
    with recorded.spans.serving("endpoint:a/b", "GET", "/b", headers):
        pass

    assert bool(recorded.ended) == is_kept


class Unsettled:
    """A delivery that nobody settles."""

    attempt = 1

    def __init__(self, traceparent: str | None) -> None:
        self.envelope = Envelope(
            id="1",
            source="",
            type="",
            published_at=datetime.now(UTC),
            body=b"",
            traceparent=traceparent,
        )

    async def acknowledge(self) -> None: ...

    async def retry(self, delay: float) -> None: ...

    async def extend(self) -> None: ...


@pytest.mark.parametrize("traceparent", [None, "", "not a traceparent", f"00-{'0' * 32}-{SPAN}-01"])
def test_a_foreign_message_begins_a_trace(traceparent: str | None) -> None:
    recorded = Recorded()

    with recorded.spans.handling(replace(CHANNEL), Unsettled(traceparent)):
        pass

    (span,) = recorded.all("process numbers")
    assert (span.parent, span.links) == (None, ())


def test_a_refusal_is_no_fault_of_the_server_and_a_failure_is() -> None:
    recorded = Recorded()

    for error in (NotFound("no such thing"), ValueError("broken")):
        with (
            pytest.raises(type(error)),
            recorded.spans.serving("endpoint:a/b", "GET", f"/{error}", {}),
        ):
            raise error

    refused, failed = recorded.ended["GET /no such thing"], recorded.ended["GET /broken"]
    assert attributes(refused)["http.response.status_code"] == 404
    assert refused.status.status_code is StatusCode.UNSET
    assert attributes(failed)["http.response.status_code"] == 500
    assert failed.status.description == "ValueError: broken"


def test_statements_calls_and_crons_say_what_they_are() -> None:
    recorded = Recorded()

    token = RUNNING.set(Running(service="a", entry="cron:tidy"))
    with recorded.spans.running("cron:tidy"):
        with recorded.spans.querying("database:accounts", "\n  delete from accounts\n"):
            pass
        with recorded.spans.calling("endpoint:b/find") as headers:
            ids = trace_ids()
    RUNNING.reset(token)

    cron, query = recorded.ended["cron tidy"], recorded.ended["DELETE accounts"]
    call = recorded.ended["call b/find"]
    assert ids is not None
    assert ids == (f"{trace(call):032x}", f"{own(call):016x}")
    # Sampled, and random.
    assert headers == {"traceparent": f"00-{ids[0]}-{ids[1]}-03"}
    assert (parent(cron), parent(query), parent(call)) == (None, own(cron), own(cron))
    assert attributes(query) == {
        "infragraph.node": "database:accounts",
        "infragraph.entry": "cron:tidy",
        "infragraph.service": "a",
        "db.system.name": "postgresql",
        "db.namespace": "accounts",
        "db.operation.name": "DELETE",
        "db.query.text": "delete from accounts",
    }
    assert trace_ids() is None
