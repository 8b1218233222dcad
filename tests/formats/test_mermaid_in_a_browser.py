"""What a browser shows of a flowchart that mermaid draws in it, as a page of GitHub's does."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Browser, Page

from infragraph.formats.mermaid.words import APART, titled
from infragraph.model.diagram import Diagram
from infragraph.views.writable import writable
from infragraph.views.written import words
from tests.formats.applications import FOLDERS
from tests.formats.pictures import scene_of
from tests.formats.strange import HOSTILE, LISTS, label, picture_of
from tests.formats.texts import diagrams, text
from tests.readers.installed import INSTALLED, needs_package, ran

pytestmark = pytest.mark.slow

DRAW = """async (text) => {
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
  const { svg } = await mermaid.render("drawn", text);
  document.body.innerHTML = svg;
  const shown = (kind) =>
    [...document.querySelectorAll(`g.${kind}`)].map(
      (it) => it.querySelector("foreignObject > *")?.innerText ?? "",
    );
  return {
    title: document.querySelector(".flowchartTitleText")?.textContent ?? "",
    nodes: shown("node"),
    clusters: shown("cluster"),
    edges: shown("edgeLabel"),
  };
}"""

Drawing: TypeAlias = Callable[[Diagram], dict[str, Any]]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    needs_package("mermaid")
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    page.set_content("<!doctype html><title>mermaid</title>")
    page.add_script_tag(path=INSTALLED / "node_modules/mermaid/dist/mermaid.min.js")
    yield page
    page.close()


@pytest.fixture(scope="module")
def drawn(page: Page) -> Drawing:
    """What is shown of a picture, in the order of its words; nothing else may happen."""
    wrong: list[str] = []
    page.on("request", lambda it: wrong.append(it.url))
    page.on("dialog", lambda it: wrong.append(it.message))
    page.on("pageerror", lambda it: wrong.append(str(it)))
    page.on("console", lambda it: wrong.append(it.text))

    def draw(picture: Diagram) -> dict[str, Any]:
        answer = page.evaluate(DRAW, text("mermaid", picture))
        assert wrong == []
        ran("mermaid")
        ran("chromium")
        return {
            "title": spaced(answer["title"]),
            "nodes": sorted(map(spaced, answer["nodes"])),
            "clusters": sorted(map(spaced, answer["clusters"])),
            "edges": sorted(spaced(it) for it in answer["edges"] if spaced(it)),
        }

    return draw


def expected(picture: Diagram) -> dict[str, Any]:
    notes = ["\n".join(map(writable, picture.notes))] if picture.notes else []
    return {
        "title": spaced(titled(picture.title)),
        "nodes": sorted(map(spaced, (*map(label, picture.shapes), *notes))),
        "clusters": sorted(spaced(label(group)) for group in picture.groups),
        "edges": sorted(filter(None, (spaced(words(arrow)) for arrow in picture.arrows))),
    }


def spaced(words: str) -> str:
    """Lines break where there is no room, so that a newline is a space."""
    return re.sub(r"\s+", " ", writable(words).replace(APART, "")).strip()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda it: it.name)
def test_a_browser_shows_every_view(folder: Path, drawn: Drawing) -> None:
    pictures = diagrams(scene_of(folder))

    assert {name: drawn(picture) for name, picture in pictures.items()} == {
        name: expected(picture) for name, picture in pictures.items()
    }


def test_a_browser_shows_hostile_text_and_does_nothing_else(drawn: Drawing) -> None:
    picture = picture_of(HOSTILE)

    assert drawn(picture) == expected(picture)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LISTS)
def test_a_browser_shows_any_text(drawn: Drawing, texts: list[str]) -> None:
    picture = picture_of(texts)

    assert drawn(picture) == expected(picture)
