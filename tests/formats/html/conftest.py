"""Pages in a browser that are opened from disk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A page, and what it did that it must not do."""

    page: Page
    wrong: list[str] = field(default_factory=list[str])

    def wrongs(self) -> list[str]:
        violations: list[str] = self.page.evaluate("window.violations")
        return [*self.wrong, *violations]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a text as a file; `at` is what follows the address."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(10_000)
    context.add_init_script(_WATCH)

    def opening(text: str, at: str = "") -> Opened:
        file = tmp_path / "page.html"
        file.write_text(text, encoding="utf-8")
        found = Opened(page=context.new_page())
        found.page.on("request", lambda it: _note_request(found, it.url, file.as_uri()))
        found.page.on("dialog", lambda it: _note_dialog(found, it))
        found.page.on("pageerror", lambda it: found.wrong.append(str(it)))
        found.page.on("console", lambda it: found.wrong.append(it.text))
        found.page.goto(file.as_uri() + at)
        return found

    yield opening
    context.close()


def _note_dialog(found: Opened, dialog: Dialog) -> None:
    found.wrong.append(dialog.message)
    dialog.dismiss()


def _note_request(found: Opened, address: str, own: str) -> None:
    if address.partition("#")[0] != own:
        found.wrong.append(address)
