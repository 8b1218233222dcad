"""Text that would be a script somewhere, in everything that the dashboard shows."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Dialog, Page

from infragraph.local.dashboard.streams import Stored, StoredLetter, Streams
from infragraph.local.telemetry.lines import read_line
from infragraph.runtime.brokers.broker import DeadLetter
from infragraph.runtime.envelope import Envelope
from tests.local.dashboard.beside import beside
from tests.local.dashboard.shown import Dashboard, graph, node, shown
from tests.local.telemetry.spans import span

pytestmark = pytest.mark.slow

CORPUS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "\"><iframe srcdoc='<script>alert(1)</script>'>",
    "javascript:alert(1)",
    "'-alert(1)-'",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "</title></style></textarea><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math>",
    "\u202e<b>reversed</b>\u2028\u0000\u001b[31m",
)
EVIL = " ".join(CORPUS)
EVIL_NAME = "<img src=x onerror=alert(1)>"
TRACE = "0af7651916cd43dd8448eb211c80319c"

REPORTS = (
    "addEventListener('securitypolicyviolation', it => {"
    "(window.reports ??= []).push(it.violatedDirective)})"
)


def hostile() -> dict[str, Any]:
    """A graph whose every text is hostile; no analyzer would let such names through."""
    payload = {"type": "object", "properties": {EVIL_NAME: {"type": "string", "enum": [EVIL]}}}
    parameter: dict[str, Any] = {
        "name": EVIL_NAME,
        "in": "query",
        "schema": {},
        "required": False,
        "default": EVIL,
    }
    nodes = [
        node("service", EVIL_NAME, EVIL_NAME, package=EVIL, mounts=[]),
        node("topic", EVIL_NAME, EVIL_NAME, payload=payload, ordering_key=None, delivery=EVIL),
        node(
            "subscription",
            EVIL_NAME,
            EVIL_NAME,
            topic=EVIL_NAME,
            dead_letter=True,
            filter=None,
        ),
        node("cron", EVIL_NAME, EVIL_NAME, every=3600, schedule=None, timezone=EVIL),
        node("database", EVIL_NAME, EVIL_NAME, tables=[EVIL]),
        node(
            "endpoint",
            EVIL_NAME,
            EVIL_NAME,
            method=EVIL_NAME,
            path=EVIL,
            access="public",
            raw=False,
            parameters=[parameter],
            request=payload,
        ),
    ]
    finding = {"severity": EVIL, "code": EVIL, "message": EVIL, "help": EVIL}
    place = nodes[0]["location"]
    whole = graph(*({**it, "doc": EVIL} for it in nodes), unresolved=[EVIL])
    return {**whole, "application": EVIL, "diagnostics": [{**finding, "location": place}]}


class HostileStreams:
    """Messages whose bodies, headers and reasons are hostile."""

    message = Envelope(
        id=EVIL,
        source=EVIL,
        type=EVIL,
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
        body=EVIL.encode(),
        attributes={EVIL: EVIL},
        ordering_key=EVIL,
        traceparent=f"00-{TRACE}-b7ad6b7169203331-01",
    )

    async def messages(self, topic: str, before: int, count: int) -> list[Stored]:
        del topic, before, count
        return [Stored(sequence=1, envelope=self.message)]

    async def letters(self, topic: str, subscription: str) -> list[StoredLetter]:
        del topic
        letter = DeadLetter(
            envelope=self.message, subscription=subscription, reason=EVIL, attempts=3
        )
        return [StoredLetter(sequence=1, letter=letter)]

    async def counts(self, names: list[str]) -> dict[str, int]:
        return dict.fromkeys(names, 1)


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    folder = tmp_path_factory.mktemp("app")

    @asynccontextmanager
    async def made() -> AsyncGenerator[Dashboard]:
        streams = cast("Streams", HostileStreams())
        async with shown(folder, hostile(), streams=streams) as running:
            vars(running.given.run)["diagnostics"] = hostile()["diagnostics"]
            attributes = {EVIL: EVIL, "infragraph.attempt": 2, "infragraph.service": EVIL}
            event = {
                "name": EVIL,
                "time_ns": 1,
                "attributes": {"exception.stacktrace": EVIL, "a": EVIL},
            }
            running.given.collected.store.add_spans(
                [
                    span(
                        1,
                        trace_id=TRACE,
                        service=EVIL_NAME,
                        name=EVIL,
                        message=EVIL,
                        is_error=True,
                        message_id=EVIL,
                        node=f"subscription:{EVIL_NAME}/x",
                        kind="consumer",
                        attributes=attributes,
                        events=[event],
                        start_ns=10**18,
                        end_ns=10**18 + 1,
                    ),
                    # Each other's parent, and links to nowhere.
                    span(2, trace_id=TRACE, parent_id=f"{3:016x}", start_ns=10**18),
                    span(3, trace_id=TRACE, parent_id=f"{2:016x}", start_ns=10**18),
                ]
            )
            line = read_line(EVIL_NAME, EVIL)
            running.given.collected.store.add_logs([line])
            yield running

    with beside(made) as running:
        yield running


@pytest.fixture
def page(browser: Browser, dashboard: Dashboard) -> Iterator[Page]:
    with browser.new_context() as context:
        opened = context.new_page()
        opened.add_init_script(REPORTS)
        opened.goto(dashboard.given.sessions.address)
        yield opened


PAGES = (
    "",
    "traces",
    f"traces/{TRACE}",
    "messages",
    "letters",
    "letters/subscription:" + EVIL_NAME + "/" + EVIL_NAME,
    "api",
    "crons",
    "databases",
    "logs",
    "catalogue",
    "findings",
    EVIL_NAME,
)


def test_16_no_text_becomes_a_script(page: Page) -> None:
    dialogs: list[str] = []
    errors: list[str] = []

    def noticed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", noticed)
    page.on("pageerror", lambda it: errors.append(str(it)))
    shown_texts = 0
    for name in PAGES:
        page.evaluate("hash => { location.hash = hash }", f"/{name}")
        page.wait_for_timeout(500)
        for details in page.locator("main details > summary").all():
            details.click()
        for button in page.locator("button.span, button.open").all():
            button.click()
        page.wait_for_timeout(200)
        shown_texts += page.locator("main").inner_text().count("alert(1)")
        assert page.evaluate("window.reports ?? []") == [], name
        assert page.locator("main script, main iframe, main img, main a[href^=java]").count() == 0

    assert (dialogs, errors) == ([], [])
    # It was there to be read, all the same.
    assert shown_texts > 100


def test_a_page_of_another_site_cannot_frame_or_read_it(
    browser: Browser, dashboard: Dashboard, page: Page
) -> None:
    """The browser that is signed in visits a page of another origin of this machine."""
    del browser
    other = dashboard.url.replace("127.0.0.1", "localhost")
    page.goto("about:blank")
    read = page.evaluate(
        """async urls => Promise.all(urls.map(async url => {
            try { return (await (await fetch(url, {credentials: 'include'})).text()).length }
            catch (error) { return error.name }
        }))""",
        [f"{dashboard.url}/api/traces", f"{other}/api/traces"],
    )
    assert read == ["TypeError", "TypeError"]


def test_the_page_is_used_by_keyboard_alone(page: Page) -> None:
    page.evaluate("hash => { location.hash = hash }", f"/traces/{TRACE}")
    page.wait_for_timeout(500)
    page.locator("button.span").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("button.span").first.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") in ("span", "code", "")


def test_a_screen_is_readable_without_a_picture(page: Page, tmp_path: Path) -> None:
    """The graph here cannot be drawn: the page says so, and tells what happened all the same."""
    del tmp_path
    page.evaluate("hash => { location.hash = hash }", "/")
    page.wait_for_timeout(2500)
    assert "There is no picture." in page.locator("main").inner_text()
