"""A person signs up in the shop, and all that follows from it is on one screen."""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.local.dashboard.beside import done_beside
from tests.local.runs import FIXTURES, LocalRun, local_run, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc"),
]

SECRETS = (
    "SESSION_KEY=a-key-of-sessions\nLINK_KEY=a-key-of-links\n"
    "SMTP_PASSWORD=a-password-of-mail\nCARD_WEBHOOK_KEY='a-key-of-cards'\n"
)
# The tables of this database belong to its analysts, who make them before anything is kept there.
ANALYSTS = """
create table if not exists activities (kind text, subject uuid, action text, at timestamptz)
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    folder = tmp_path_factory.mktemp("shop")
    shutil.copytree(FIXTURES / "shop", folder / "shop")
    reports = folder / "shop" / "shop" / "reports.py"
    source = reports.read_text().replace(
        "from infragraph import ", "from infragraph import Retry, "
    )
    # The shop's own attempts take minutes.
    quick = '"keep-activity", retry=Retry(min_backoff="1s", max_backoff="1s"))'
    reports.write_text(source.replace('"keep-activity")', quick))
    with local_run(FIXTURES / "shop", folder, secrets=SECRETS) as up:
        done_beside(ask(up, "reports", ANALYSTS))
        yield up


@pytest.fixture
def page(browser: Browser, run: LocalRun) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1360, "height": 860}) as context:
        opened = context.new_page()
        faults: list[str] = []
        opened.on("pageerror", lambda it: faults.append(str(it)))
        opened.on("console", lambda it: faults.append(it.text) if it.type == "error" else None)
        opened.goto(opening(run)["open"])
        yield opened
        assert faults == []


def opening(run: LocalRun) -> dict[str, str]:
    found: dict[str, str] = json.loads((run.root / ".infragraph" / "dashboard.json").read_text())
    return found


async def ask(run: LocalRun, database: str, sql: str) -> list[tuple[object, ...]]:
    written = json.loads((run.root / ".infragraph" / "runtime.json").read_text())
    entry = written["resources"][f"database:{database}"]
    connection = await asyncpg.connect(
        host=entry["host"],
        port=entry["port"],
        user=entry["users"][database],
        password=entry["password"],
        database=entry["name"],
    )
    try:
        return [tuple(row.values()) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


def visit(page: Page, name: str) -> None:
    page.evaluate("hash => { location.hash = hash }", f"/{name}")


def sign_up(run: LocalRun, email: str) -> str:
    """Gives the id of the account."""
    answer = httpx.post(f"{run.url}/signup", json={"email": email, "country": "NL"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()).partition(".")[0]


def test_a_sign_up_and_all_that_follows_is_one_trace_on_one_screen(
    page: Page, run: LocalRun
) -> None:
    account = sign_up(run, "ann@example.com")
    until(
        lambda: (
            done_beside(ask(run, "reports", "select subject::text from activities")) == [(account,)]
        )
    )

    visit(page, "traces")
    page.get_by_role("link", name="POST /signup").first.click()
    spans = page.locator("button.span")
    expect(spans.filter(has_text="INSERT reports")).to_be_visible()

    # HTTP, its statement, three messages, and a handler in another service with its own statement.
    labels = [it.split("\n")[0] for it in spans.all_inner_texts()]
    for wanted in (
        "POST /signup",
        "INSERT accounts",
        "send signups",
        "send verification-reminders",
        "send activities",
        "process activities",
        "INSERT reports",
    ):
        assert wanted in labels, labels
    whose = {it: page.locator("button.span", has_text=it).first for it in labels}
    expect(whose["process activities"]).to_contain_text("reports")
    expect(whose["POST /signup"]).to_contain_text("accounts")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
    for it in spans.all():
        expect(it).to_be_in_viewport()

    spans.filter(has_text="INSERT reports").click()
    expect(page.locator(".fall .more:not([hidden])")).to_contain_text("insert into activities")

    visit(page, "databases/reports")
    page.get_by_label("A statement that reads").fill("select subject, action from activities")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("main")).to_contain_text(account)


def test_the_graph_shows_what_went_over_it(page: Page, run: LocalRun) -> None:
    sign_up(run, "bob@example.com")

    page.get_by_label("View").select_option("events")
    busy = page.locator('.arrow.is-busy[data-source="endpoint:accounts/sign_up"]')
    expect(busy).to_have_count(3, timeout=20_000)
    expect(
        page.locator('.arrow.is-busy[data-target="subscription:activities/keep-activity"]')
    ).to_be_visible()
    expect(page.locator(".figures")).to_contain_text("requests")


def test_a_form_calls_the_application_and_leads_to_its_trace(page: Page, run: LocalRun) -> None:
    del run
    visit(page, "api/endpoint:accounts/sign_up")
    page.get_by_label("email").fill("cay@example.com")
    page.get_by_label("country").fill("BE")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("main")).to_contain_text("200 OK")
    page.get_by_role("link", name="Show its trace").click()
    expect(page.locator("button.span").filter(has_text="INSERT accounts")).to_be_visible()

    visit(page, "api/endpoint:accounts/get_account")
    expect(page.locator("main")).to_contain_text("It is private.")


def test_messages_are_read_and_published_and_dead_letters_sent_again(
    page: Page, run: LocalRun
) -> None:
    visit(page, "messages/activities")
    page.get_by_text("Publish a message").click()
    page.get_by_role("button", name="Write JSON").click()
    page.get_by_label("Body, as JSON").fill('{"kind": 7}')
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#told")).to_contain_text("Published")
    row = page.locator("tr.row").filter(has_text="dashboard")
    expect(row).to_contain_text("keep-activity", timeout=20_000)
    row.get_by_role("button").click()
    expect(page.locator("tr.detail")).to_contain_text('"kind": 7')
    expect(page.locator("tr.detail")).to_contain_text("Expected `str`, got `int`")

    visit(page, "letters/subscription:activities/keep-activity")
    edit = page.get_by_role("button", name="Edit and send again")
    expect(edit).to_be_visible(timeout=30_000)
    expect(page.locator("main")).to_contain_text("5 attempts")
    edit.click()
    repaired = {
        "kind": "by-hand",
        "subject": "9ed6e97a-6a0d-456b-8b0c-ebe1c5eba263",
        "action": "changed",
        "at": "2026-01-01T00:00:00Z",
    }
    page.get_by_label("The message, as JSON").fill(json.dumps(repaired))
    page.get_by_role("button", name="Send this").click()
    expect(page.locator("main")).to_contain_text("has no dead letters")
    sql = "select action from activities where kind = 'by-hand'"
    until(lambda: done_beside(ask(run, "reports", sql)) == [("changed",)])


def test_a_cron_runs_when_it_is_told_to(page: Page, run: LocalRun) -> None:
    del run
    visit(page, "crons")
    job = page.locator("section").filter(has_text="purge-unverified")
    expect(job).to_contain_text("it has not run yet")
    job.get_by_role("button", name="Run now").click()
    expect(page.locator("#told")).to_contain_text("purge-unverified ran")
    job.get_by_role("link").click()
    expect(page.locator("button.span").filter(has_text="DELETE accounts")).to_be_visible()


def test_logs_lead_to_their_traces_and_hold_no_secret(page: Page, run: LocalRun) -> None:
    sign_up(run, "dee@example.com")
    visit(page, "logs")
    # There is no mail server here, which is a failure of the handler.
    line = page.locator(".line-log").filter(has_text=re.compile("send-welcome-email.*failed")).first
    expect(line).to_be_visible(timeout=20_000)
    line.get_by_role("link", name="trace").click()
    expect(page.locator("button.span").filter(has_text="process signups").first).to_be_visible()

    folder = run.root / ".infragraph" / "telemetry"
    kept = b"".join(it.read_bytes() for it in sorted(folder.iterdir()))
    for secret in re.findall("a-[a-z-]+", SECRETS):
        assert secret.encode() not in kept


def test_every_page_is_there_in_light_and_dark_and_narrow(
    browser: Browser, run: LocalRun, tmp_path: Path
) -> None:
    titles = {
        "": "Live",
        "traces": "Traces",
        "messages": "Messages",
        "letters": "Dead letters",
        "api": "API",
        "crons": "Crons",
        "databases": "Databases",
        "logs": "Logs",
        "catalogue": "Catalogue",
        "findings": "Findings",
    }
    for scheme, width in (("light", 1360), ("dark", 1360), ("light", 800), ("light", 480)):
        with browser.new_context(
            viewport={"width": width, "height": 860},
            color_scheme=scheme,  # type: ignore[arg-type]
        ) as context:
            page = context.new_page()
            page.goto(opening(run)["open"])
            for name, title in titles.items():
                visit(page, name)
                expect(page.get_by_role("heading", level=1)).to_have_text(title)
                page.wait_for_timeout(300)
                page.screenshot(path=tmp_path / f"{scheme}-{width}-{name or 'live'}.png")
                # Wide things scroll in a frame of their own, and never the page.
                across = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert across <= 0, (scheme, width, name)
                hidden = "(menu) => menu.scrollHeight - menu.clientHeight"
                assert page.locator("#menu").evaluate(hidden) <= 0, (scheme, width, name)
