"""The dashboard as it is served, on a real port: who gets in, what is answered, what is refused."""

import asyncio
import json
import socket
import stat
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from infragraph.local.dashboard import connections
from infragraph.local.dashboard.api.events import STREAMS
from infragraph.local.dashboard.guard import CSP
from infragraph.local.dashboard.sessions import FILE
from tests.local.dashboard.shown import SERVICE, Dashboard, graph, node, shown

CRON = node("cron", "tidy", "a", every=3600, schedule=None, timezone="UTC")
_CLIENTS = ("httpx", "httpcore")
WHOLE = graph(SERVICE, CRON)


@pytest.fixture
async def dashboard(tmp_path: Path) -> AsyncGenerator[Dashboard]:
    async with shown(tmp_path, WHOLE) as running:
        yield running


def browser(dashboard: Dashboard) -> httpx.AsyncClient:
    """What a browser sends of itself with each request of the page."""
    return httpx.AsyncClient(base_url=dashboard.url, headers={"sec-fetch-site": "same-origin"})


async def opened(dashboard: Dashboard, client: httpx.AsyncClient) -> httpx.Response:
    address = dashboard.given.sessions.address
    return await client.get(address, headers={"sec-fetch-site": "none"})


async def raw(dashboard: Dashboard, request: bytes, seconds: float = 5) -> bytes:
    """What is answered to bytes as they are, until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", dashboard.port)
    try:
        writer.write(request)
        await writer.drain()
        async with asyncio.timeout(seconds):
            return await reader.read()
    finally:
        writer.close()


async def test_1_it_listens_on_the_loopback_address_alone(dashboard: Dashboard) -> None:
    others = {
        info[4][0]
        for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        if not str(info[4][0]).startswith("127.")
    }

    for address in sorted(map(str, others)):
        with pytest.raises(OSError, match=r"refused|unreachable|timed out"):
            await asyncio.wait_for(asyncio.open_connection(address, dashboard.port), 5)


async def test_2_another_host_gets_nothing_not_even_the_page(dashboard: Dashboard) -> None:
    for path in ("/", "/app.js", "/api/traces", "/open", "/nothing"):
        for host in ("attacker.example", f"attacker.example:{dashboard.port}", "127.0.0.1"):
            answer = await dashboard.client.get(path, headers={"host": host})
            assert answer.status_code == 421, (path, host)
    name = {"host": f"app.localhost:{dashboard.port}"}
    assert (await dashboard.client.get("/", headers=name)).status_code == 200


async def test_3_another_origin_gets_nothing(dashboard: Dashboard) -> None:
    for origin in ("null", "https://attacker.example", "http://127.0.0.1:4000"):
        for path in ("/", "/api/traces", "/api/events"):
            answer = await dashboard.client.get(path, headers={"origin": origin})
            assert answer.status_code == 403, (path, origin)


async def test_4_an_address_opens_once_and_the_token_is_in_no_script(dashboard: Dashboard) -> None:
    async with browser(dashboard) as client:
        assert (await client.get("/")).status_code == 401
        address = dashboard.given.sessions.address
        first = await opened(dashboard, client)
        again = await client.get(address, headers={"sec-fetch-site": "none"})

        assert first.status_code == 303
        assert first.headers["location"] == "/"
        assert first.headers["set-cookie"] == (
            f"infragraph_{dashboard.port}={dashboard.token}; Path=/; HttpOnly; SameSite=Strict"
        )
        assert again.status_code == 403
        assert (await client.get("/")).status_code == 200
        for path in ("/", "/app.js", "/asking.js", "/api/application"):
            assert dashboard.token not in (await client.get(path)).text
    assert len(dashboard.token) >= 43  # 256 bits
    async with httpx.AsyncClient() as nobody:
        for wrong in ("x", dashboard.token[:-1], f"{dashboard.token}x"):
            headers = {"authorization": f"Bearer {wrong}"}
            assert (await nobody.get(dashboard.url, headers=headers)).status_code == 401


async def test_4_an_address_that_another_page_leads_to_opens_nothing(dashboard: Dashboard) -> None:
    async with browser(dashboard) as client:
        for site in ("cross-site", "same-site"):
            address = dashboard.given.sessions.address
            answer = await client.get(address, headers={"sec-fetch-site": site})
            assert answer.status_code == 403
        assert (await opened(dashboard, client)).status_code == 303


async def test_4_what_opens_it_is_in_a_file_for_its_owner_and_gone_with_the_run(
    tmp_path: Path,
) -> None:
    async with shown(tmp_path, WHOLE) as dashboard:
        file = tmp_path / ".infragraph" / FILE
        before = json.loads(file.read_text())
        async with browser(dashboard) as client:
            await opened(dashboard, client)
        after = json.loads(file.read_text())

        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert after["open"] == dashboard.given.sessions.address != before["open"]
        assert after["token"] == before["token"] == dashboard.token
    assert not file.exists()


async def test_4_nothing_that_opens_it_is_logged(
    dashboard: Dashboard, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    address = dashboard.given.sessions.address
    async with browser(dashboard) as client:
        await opened(dashboard, client)
        await client.get("/api/traces")
        await client.get("/open?key=wrong")
    written = capfd.readouterr()

    # The client of this test logs what it asks for, and the server what it was asked.
    logged = [it.getMessage() for it in caplog.records if it.name.partition(".")[0] not in _CLIENTS]
    for text in (written.out, written.err, *logged):
        assert dashboard.token not in text
        assert address.rpartition("=")[2] not in text


async def test_5_no_other_site_may_read_and_nothing_is_changed_by_get(
    dashboard: Dashboard,
) -> None:
    posts = ("/api/publish", "/api/redrive", "/api/discard", "/api/call", "/api/trigger")
    for path in (*posts, "/api/query", "/api/address"):
        answer = await dashboard.client.get(path, params={"name": "tidy"})
        assert answer.status_code == 405, path
        for headers in ({"content-type": "text/plain"}, {"x-infragraph-dashboard": ""}):
            merged = {"content-type": "application/json", **headers}
            refused = await dashboard.client.post(path, content=b'{"name": "tidy"}', headers=merged)
            assert refused.status_code in (403, 415), path
    assert vars(dashboard.given.run)["triggered"] == []
    preflight = await dashboard.client.options(
        "/api/trigger",
        headers={"origin": dashboard.url, "access-control-request-method": "POST"},
    )
    done = await dashboard.client.post("/api/trigger", json={"name": "tidy"})
    assert (preflight.status_code, done.status_code) == (405, 200)
    assert vars(dashboard.given.run)["triggered"] == ["tidy"]
    for answer in (preflight, done, await dashboard.client.get("/api/traces")):
        assert not [name for name in answer.headers if name.startswith("access-control-")]


async def test_6_pages_of_other_sites_and_of_other_ports_are_refused(dashboard: Dashboard) -> None:
    async with browser(dashboard) as client:
        await opened(dashboard, client)
        for site in ("cross-site", "same-site"):
            for path in ("/", "/app.js", "/api/traces", "/api/events"):
                answer = await client.get(path, headers={"sec-fetch-site": site})
                assert answer.status_code == 403, (site, path)


async def test_7_a_websocket_is_refused_before_it_is_accepted(dashboard: Dashboard) -> None:
    sent: list[object] = []

    async def send(message: object) -> None:
        sent.append(message)

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    from infragraph.local.dashboard.server import guarded  # noqa: PLC0415 - the guard alone

    await guarded(dashboard.given)(
        {"type": "websocket", "path": "/api/events", "headers": []}, receive, send
    )
    handshake = (
        f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{dashboard.port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Origin: http://attacker.example\r\nAuthorization: Bearer {dashboard.token}\r\n\r\n"
    )
    answer = await _first_line(dashboard, handshake)

    assert sent == [{"type": "websocket.close", "code": 1008}]
    assert answer.startswith(b"HTTP/1.1 403 ")


async def _first_line(dashboard: Dashboard, request: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", dashboard.port)
    writer.write(request.encode())
    line = await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    return line


async def test_8_every_answer_says_what_a_page_may_do(dashboard: Dashboard) -> None:
    assert "'unsafe" not in CSP
    async with browser(dashboard) as client:
        answers = [await client.get("/"), await opened(dashboard, client)]
        answers += [await client.get(path) for path in ("/", "/app.js", "/api/logs", "/nothing")]
        answers.append(await client.get("/", headers={"host": "attacker.example"}))
    assert sorted({it.status_code for it in answers}) == [200, 303, 401, 404, 421]
    for answer in answers:
        assert answer.headers["content-security-policy"] == CSP
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path",
    [
        "/../server.py",
        "/%2e%2e/server.py",
        "/%252e%252e/server.py",
        "/pages/../../server.py",
        "/pages/%2e%2e/%2e%2e/server.py",
        "/..%2fserver.py",
        "/..%5cserver.py",
        "/..\\server.py",
        "/app.js%00.css",
        "/app.js\x01",
        "//etc/passwd",
        "/etc/passwd",
        "/%2fetc%2fpasswd",
        "/file:///etc/passwd",
        "/@fs/etc/passwd",
        "/tsconfig.json",
        "/types.d.ts",
        "/index.html",
        "/app.js/",
        "/pages",
        "/APP.JS",
    ],
)
async def test_10_only_what_is_in_the_table_is_served(dashboard: Dashboard, path: str) -> None:
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{dashboard.port}\r\n"
        f"Authorization: Bearer {dashboard.token}\r\nConnection: close\r\n\r\n"
    )

    answer = await raw(dashboard, request.encode("latin-1"))

    assert answer.split(b" ", 2)[1] in (b"400", b"404", b"307"), answer[:200]
    assert b"root:" not in answer
    assert b"import" not in answer


async def test_10_a_link_in_the_package_would_not_be_followed_later(dashboard: Dashboard) -> None:
    """The table is read once: what lies in the folder afterwards is not served."""
    answer = await dashboard.client.get("/app.js")

    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert (await dashboard.client.get("/later.js")).status_code == 404


async def test_11_bodies_heads_and_streams_have_limits(dashboard: Dashboard) -> None:
    large = await dashboard.client.post(
        "/api/query",
        content=b'{"sql": "' + b"x" * (3 << 20) + b'"}',
        headers={"content-type": "application/json"},
    )
    head = await raw_or_reset(dashboard, b"GET / HTTP/1.1\r\nX: " + b"x" * (1 << 20))
    deep = await dashboard.client.post(
        "/api/query",
        content=b'{"a":' * 100_000,
        headers={"content-type": "application/json"},
    )

    assert large.status_code == 413
    assert head == b"" or b" 400 " in head.splitlines()[0]
    assert deep.status_code == 400
    async with httpx.AsyncClient(headers=dashboard.client.headers, timeout=5) as client:
        streams = [client.stream("GET", f"{dashboard.url}/api/events") for _ in range(STREAMS + 1)]
        answers = [await stream.__aenter__() for stream in streams]
        for answer in answers[:STREAMS]:
            await anext(answer.aiter_lines())
        late = await client.get(f"{dashboard.url}/api/events")
        assert late.status_code == 503
        for stream in streams:
            await stream.__aexit__(None, None, None)


async def test_11_who_only_keeps_a_place_loses_it(
    dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    silent, half = await asyncio.gather(
        raw_or_reset(dashboard, b""),
        raw_or_reset(dashboard, b"GET / HTTP/1.1\r\nHost: 127"),
    )

    assert (silent, half) == (b"", b"")


async def raw_or_reset(dashboard: Dashboard, request: bytes) -> bytes:
    try:
        return await raw(dashboard, request)
    except ConnectionResetError:
        return b""


async def test_14_the_page_may_load_nothing_from_elsewhere(dashboard: Dashboard) -> None:
    sources = {
        part.split(" ", 1)[1] for part in CSP.split("; ") if part.partition(" ")[0][-4:] == "-src"
    }

    assert sources == {"'none'", "'self'"}
    assert (await dashboard.client.get("/")).status_code == 200


async def test_what_is_asked_for_wrongly_is_told(dashboard: Dashboard) -> None:
    for path, body, status in (
        ("/api/trigger", {"name": "nothing"}, 404),
        ("/api/trigger", {"name": 1}, 400),
        ("/api/publish", {"topic": "nothing", "body": "{}"}, 404),
        ("/api/call", {"endpoint": "endpoint:a/b"}, 404),
        ("/api/query", {"database": "nothing", "sql": ""}, 404),
        ("/api/redrive", {"subscription": "x", "sequence": 1}, 404),
    ):
        answer = await dashboard.client.post(path, json=body)
        assert answer.status_code == status, (path, answer.text)
        assert isinstance(answer.json()["error"], str)
    for path in ("/api/messages?topic=x", "/api/letters?subscription=x", "/api/picture?view=--x"):
        assert (await dashboard.client.get(path)).status_code == 404
    for path in (
        "/api/traces?before=-1",
        "/api/traces?before=99999999999999999999",
        "/api/traces/x",
    ):
        assert (await dashboard.client.get(path)).status_code == 200
