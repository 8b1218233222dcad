"""The browser of a test module.

Its driver keeps an event loop running, beside which neither another driver nor a test that runs a
loop can start: so there is one at a time, and it ends with the module.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.readers.installed import chromium, ran


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        # Without its own sandbox, which a container may not have; the pages are ours.
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        ran("chromium")
        yield running
        running.close()
