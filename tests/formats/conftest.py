"""The one browser of a test process: its driver cannot be started twice in the same."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.readers.installed import chromium, ran


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        # Without its own sandbox, which a container may not have; the pages are ours.
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        ran("chromium")
        yield running
        running.close()
