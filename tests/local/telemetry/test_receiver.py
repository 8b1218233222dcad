"""Who may send what, and what goes on to the developer's own collector."""

import gzip
import zlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infragraph.local.serving import claimed, served
from infragraph.local.telemetry import bodies, queries
from infragraph.local.telemetry.collecting import Collected, collecting
from infragraph.local.telemetry.forwarding import Collector, collector, forwarding
from infragraph.local.telemetry.masking import Masks
from infragraph.local.telemetry.otlp import JSON, PROTOBUF
from infragraph.local.telemetry.queries import Wanted
from infragraph.local.telemetry.receiver import Receiver
from infragraph.local.telemetry.store import Store
from infragraph.runtime.tracing.messages import TOKEN_HEADER
from tests.local.telemetry.test_otlp import TRACE, request

TOKEN = "a token of this run"  # noqa: S105 - it opens nothing
BODY = request().SerializeToString()
SENT = {TOKEN_HEADER: TOKEN, "content-type": PROTOBUF}


@asynccontextmanager
async def receiving(
    folder: Path, onward: Collector
) -> AsyncGenerator[tuple[httpx.AsyncClient, Store, Receiver]]:
    with closing(Store(folder, Masks([]))) as store:
        async with forwarding(onward) as forward:
            receiver = Receiver(store=store, forwarding=forward, token=TOKEN)
            transport = httpx.ASGITransport(receiver.application())
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1:4318"
            ) as client:
                yield client, store, receiver


NOWHERE = Collector(urls={}, headers={})


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (BODY, {}),
        (gzip.compress(BODY), {"content-encoding": "gzip"}),
        (zlib.compress(BODY), {"content-encoding": "deflate"}),
        (b'{"resourceSpans": []}', {"content-type": JSON}),
        (b'{"resourceSpans": []}', {"content-type": "application/json; charset=utf-8"}),
    ],
)
async def test_what_is_sent_is_taken(body: bytes, more: Mapping[str, str], tmp_path: Path) -> None:
    async with receiving(tmp_path, NOWHERE) as (client, store, _):
        answer = await client.post("/v1/traces", content=body, headers={**SENT, **more})

        assert answer.status_code == 200, answer.text
        is_empty = "content-type" in more
        assert len(queries.trace(store, TRACE.hex())) == (0 if is_empty else 1)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"origin": "http://127.0.0.1:9400"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin"}, 403),
        ({"sec-fetch-mode": "no-cors"}, 403),
        ({"host": "attacker.example:4318"}, 403),
        ({"host": "127.0.0.1.attacker.example:4318"}, 403),
        ({TOKEN_HEADER: "another"}, 401),
        ({TOKEN_HEADER: ""}, 401),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-encoding": "br"}, 415),
        ({"content-encoding": "gzip"}, 400),
    ],
)
async def test_15_what_is_refused_is_not_kept(
    more: Mapping[str, str], status: int, tmp_path: Path
) -> None:
    async with receiving(tmp_path, NOWHERE) as (client, store, _):
        for path in ("/v1/traces", "/v1/logs", "/v1/metrics"):
            answer = await client.post(path, content=BODY, headers={**SENT, **more})
            assert answer.status_code == status, answer.text
            assert "access-control-allow-origin" not in answer.headers
        assert queries.traces(store, Wanted()) == []


async def test_bodies_have_a_limit_packed_and_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (bodies.LARGEST_UNPACKED + 1))
    assert len(bomb) < 100_000
    async with receiving(tmp_path, NOWHERE) as (client, _, _):
        for body, more in (
            (b"\0" * (bodies.LARGEST + 1), {}),
            (bomb, {"content-encoding": "gzip"}),
        ):
            answer = await client.post("/v1/traces", content=body, headers={**SENT, **more})
            assert answer.status_code == 413


async def test_what_a_process_dropped_is_counted(tmp_path: Path) -> None:
    async with receiving(tmp_path, NOWHERE) as (client, store, _):
        for written in ("12 0", "12 40", "13 2", "13 none", ""):
            headers = {**SENT, "x-infragraph-dropped-spans": written}
            await client.post("/v1/traces", content=BODY, headers=headers)
        await client.post(
            "/v1/traces", headers={"x-infragraph-dropped-spans": "14 9", "content-type": PROTOBUF}
        )

        assert store.dropped == 42


async def test_what_comes_in_goes_on_to_the_developers_collector(tmp_path: Path) -> None:
    seen: list[tuple[str, bytes, str | None, str | None]] = []

    async def take(asked: Request) -> Response:
        headers = asked.headers
        seen.append(
            (
                asked.url.path,
                await asked.body(),
                headers.get("authorization"),
                headers.get("content-encoding"),
            )
        )
        return Response(b"")

    app = Starlette(routes=[Route("/{rest:path}", take, methods=["POST"])])
    packed = gzip.compress(BODY)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(served(app, stack.enter_context(claimed(0))))
        onward = collector(
            {
                "OTEL_EXPORTER_OTLP_ENDPOINT": f"{url}/base/",
                "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20mine",
            }
        )
        async with receiving(tmp_path, onward) as (client, _, receiver):
            headers = {**SENT, "content-encoding": "gzip"}
            await client.post("/v1/traces", content=packed, headers=headers)
            await client.post("/v1/traces", content=packed, headers={**headers, "origin": "null"})
            await receiver.forwarding.flush()
            assert receiver.forwarding.lost == 0

    assert seen == [("/base/v1/traces", packed, "Bearer mine", "gzip")]


async def test_a_collector_that_is_away_costs_only_what_it_should_have_got(tmp_path: Path) -> None:
    away = collector({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:9/v1/traces"})
    async with receiving(tmp_path, away) as (client, store, receiver):
        answer = await client.post("/v1/traces", content=BODY, headers=SENT)
        await receiver.forwarding.flush()

        assert answer.status_code == 200
        assert receiver.forwarding.lost == 1
        assert len(queries.trace(store, TRACE.hex())) == 1


def test_the_developers_variables_stay_but_for_where_things_go() -> None:
    collected = Collected.__new__(Collected)
    collected.url, collected.token = "http://127.0.0.1:1", "t"
    own = {
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://elsewhere",
        "OTEL_RESOURCE_ATTRIBUTES": "a=b",
        "PATH": "/bin",
    }

    assert collected.variables(own, "nats") == {
        "OTEL_RESOURCE_ATTRIBUTES": "a=b",
        "PATH": "/bin",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1",
        "OTEL_EXPORTER_OTLP_HEADERS": "x-infragraph-token=t",
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }
    assert collector({**own, "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}).urls == {}


async def test_a_run_keeps_what_services_print(tmp_path: Path) -> None:
    shown: list[tuple[str, str]] = []
    async with collecting(tmp_path, ["hunter2-secret"], {}) as collected:
        tell = collected.telling(lambda service, line: shown.append((service, line)))
        tell("a", "hunter2-secret")
        await collected.flush()
        found = queries.logs(collected.store, Wanted())

    assert shown == [("a", "hunter2-secret")]
    assert [it["message"] for it in found] == ["••••••"]
