"""How fast the page answers, in a browser that is here already."""

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

_SCRIPT = Path(__file__).with_name("interactions.js")


def interactions(page: Path, browser: str) -> Mapping[str, list[float]]:
    """Milliseconds until each change was painted; `load` is until the page could be used."""
    with sync_playwright() as playwright:
        # Without its own sandbox, which a container may not have; the page is ours.
        running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        opened = running.new_page(viewport={"width": 1400, "height": 900})
        opened.goto(page.as_uri())
        loaded = "performance.getEntriesByType('navigation')[0].loadEventEnd"
        load: float = opened.evaluate(loaded)
        times: dict[str, list[float]] = opened.evaluate(_SCRIPT.read_text(encoding="utf-8"))
        running.close()
    return {"load": [load], **times}
