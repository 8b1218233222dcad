"""A page that a browser has read is the page that was written, whatever people wrote."""

import subprocess
from pathlib import Path

import pytest

from tests.formats.catalog.reading import expected, seen_in, squeezed
from tests.formats.catalog.test_pages import EVIL, application
from tests.formats.documents import files
from tests.readers.installed import chromium, ran

PAGE = "services/shop.html"


def shown(folder: Path, text: str) -> str:
    """The document as Chromium has it, after all that it does."""
    page = folder / "page.html"
    page.write_text(files("catalog", application(text), form="html")[PAGE], encoding="utf-8")
    flags = ("--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/own")
    done = subprocess.run(
        [chromium(), *flags, "--dump-dom", page.as_uri()],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    ran("chromium")
    return done.stdout


@pytest.mark.slow
def test_a_browser_sees_the_same_elements_whatever_the_texts_are(tmp_path: Path) -> None:
    text = " ".join(EVIL).replace("\n", " ").replace("\r", " ")

    calm, evil = (seen_in(PAGE, shown(tmp_path, it)) for it in ("x", text))

    assert [it for it in evil.tags if it != "bdi"] == [it for it in calm.tags if it != "bdi"]
    assert len(evil.links) == len(calm.links)
    assert expected(text) in squeezed(evil.text)
