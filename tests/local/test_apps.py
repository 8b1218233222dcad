"""Applications of well-known examples, unchanged, each service in a process of its own."""

import http.server
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.local.runs import LocalRun, local_run, processes_in, until

SHARED = Path(__file__).parents[3] / "shared" / "apps"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc"),
    pytest.mark.skipif(not SHARED.is_dir(), reason=f"the applications are not here: {SHARED}"),
]


@dataclass
class Web:
    """A website that is watched, and the webhook that is told of it; `status` is the site's."""

    url: str = ""
    status: int = 200
    visits: int = 0
    told: list[str] = field(default_factory=list[str])


@contextmanager
def web() -> Generator[Web]:
    """A block in which both are served."""
    made = Web()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.visits += 1
            self._answer(made.status)

        def do_POST(self) -> None:
            made.told.append(self.rfile.read(int(self.headers["content-length"])).decode())
            self._answer(200)

        def _answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def served(run: LocalRun) -> list[str]:
    """The services of each process that serves some."""
    return sorted(
        " ".join(re.findall(r"--service (\S+)", words))
        for words in processes_in(run.root)
        if " serve " in words
    )


def trigger(run: LocalRun, cron: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "infragraph", "trigger", "cron", cron, str(run.root)]
    return subprocess.run(command, capture_output=True, check=False, text=True)


def says(answer: httpx.Response) -> tuple[int, str, str]:
    body = answer.json()
    return answer.status_code, body["error"], body["message"]


def test_uptime_watches_websites_and_tells_of_changes(tmp_path: Path) -> None:
    with (
        web() as site,
        local_run(SHARED / "uptime", tmp_path, secrets=f"SLACK_WEBHOOK_URL={site.url}/hook") as run,
        httpx.Client(base_url=run.url) as client,
    ):
        assert served(run) == ["monitor", "site", "slack"]

        added = client.post("/site", json={"url": site.url})
        assert (added.status_code, added.json()) == (200, {"id": 1, "url": site.url})
        # The event leaves the outbox of `site`, and `monitor` visits the website.
        until(lambda: client.get("/status").json()["sites"])
        (status,) = client.get("/status").json()["sites"]
        assert (status["site_id"], status["up"], site.told) == (1, True, [])

        site.status = 500
        done = trigger(run, "check-all")
        assert (done.returncode, done.stderr) == (0, "check-all: ran\n")
        # `monitor` announces the change, and `slack` passes it on: three processes, two topics.
        until(lambda: site.told)
        assert site.told == [f'{{"text":"*{site.url}* is down!"}}']

        site.status = 200
        checked = client.post("/check/1")
        assert (checked.status_code, checked.json()) == (200, {"up": True})
        until(lambda: len(site.told) == 2)
        assert site.told[1:] == [f'{{"text":"*{site.url}* is back up."}}']

        # Raised in `site`, called by `monitor`, answered to whoever asked.
        assert says(client.post("/check/9")) == (404, "NotFound", "no site 9")
        assert client.get(f"/ping/{site.url}").json() == {"up": True}
        # What goes wrong within stays within; the constraint is PostgreSQL's.
        again = client.post("/site", json={"url": site.url})
        assert says(again) == (500, "APIError", "an error within the service")
        assert "sites_url_key" in run.lines
        # Private endpoints are not for the gateway, and not for strangers at the service's port.
        private = client.post("/slack/notify", json={"text": "hello"})
        assert (private.status_code, len(site.told)) == (404, 2)
        assert client.delete("/site/1").status_code == 204
        assert client.get("/site").json() == {"sites": []}
        assert run.end(signal.SIGINT) == 0
    assert processes_in(run.root) == []


def test_saas_knows_who_calls_across_services(tmp_path: Path) -> None:
    with (
        local_run(SHARED / "saas", tmp_path) as run,
        httpx.Client(base_url=run.url) as client,
    ):
        assert served(run) == ["auth", "billing", "project", "user"]
        # The page tells the address by which it was asked.
        page, head = client.get("/"), client.head("/")
        assert f"curl -X POST {run.url}/users -d" in page.text
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == page.headers["content-length"]
        assert len(page.headers.get_list("date")) == 1

        # As that page has it, without a word on the body's type.
        body = '{"email": "ada@example.com", "name": "Ada"}'
        created = client.post("/users", content=body).json()
        assert (created["email"], created["name"]) == ("ada@example.com", "Ada")
        ada = {"auth_user": created["id"]}

        # The auth handler runs in `auth`, which `billing` asks.
        refused = client.get("/billing")
        assert says(refused) == (
            401,
            "Unauthenticated",
            "the query parameter auth_user is missing",
        )
        until(lambda: client.get("/billing", params=ada).status_code == 200)
        assert client.get("/billing", params=ada).json()["plan"] == "free"

        # `project` asks `billing` for the plan of whoever calls `project`.
        for name in ("one", "two", "three"):
            made = client.post("/projects", params=ada, json={"name": name})
            assert (made.status_code, made.json()["owner_id"]) == (200, created["id"])
        fourth = client.post("/projects", params=ada, json={"name": "four"})
        assert says(fourth) == (429, "ResourceExhausted", "the free plan allows 3 projects")

        stranger = client.post("/projects", params={"auth_user": "eve"}, json={"name": "x"})
        assert says(stranger) == (404, "NotFound", "user eve has no subscription")
        wrong = client.post("/billing/upgrade", params=ada, json={"plan": "golden"})
        assert says(wrong) == (
            400,
            "InvalidArgument",
            "the plan must be one of free, pro, enterprise",
        )
        upgraded = client.post("/billing/upgrade", params=ada, json={"plan": "pro"})
        assert (upgraded.status_code, upgraded.json()["plan"]) == (200, "pro")
        fourth = client.post("/projects", params=ada, json={"name": "four"})
        assert fourth.status_code == 200
        listed = client.get("/projects", params={"owner_id": created["id"]}).json()["projects"]
        assert [it["name"] for it in listed] == ["four", "three", "two", "one"]
        assert says(client.get("/projects/none")) == (404, "NotFound", "no project none")
        assert run.end(signal.SIGINT) == 0
    assert processes_in(run.root) == []
