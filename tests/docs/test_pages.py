"""The pages that people wrote: what they point to is there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
)
LINK = re.compile(r"(?<![!\\])\[[^\]\[]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_within_the_repository_leads_somewhere(page: str) -> None:
    broken = [
        target
        for target in LINK.findall(_without_code((ROOT / page).read_text(encoding="utf-8")))
        if "://" not in target and not _leads_somewhere(ROOT / page, target)
    ]

    assert broken == []


def test_every_page_is_in_the_navigation_or_in_the_index_of_problems() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))

    listed = sorted(_listed(site["nav"]))

    pages = [page.removeprefix("docs/") for page in PAGES if page.startswith("docs/")]
    problems = [page for page in pages if re.match("reference/problems/(?!index)", page)]
    assert listed == sorted({*pages} - {*problems})


@pytest.mark.parametrize("page", [page for page in PAGES if "/decisions/0" in page])
def test_a_decision_is_a_page_of_context_decision_and_consequences(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    assert re.findall(r"^## (.+)", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert text.count("\n") <= 60


def _leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists():
        return False
    if not anchor or file.suffix != ".md":
        return True
    return anchor in _anchors(file.read_text(encoding="utf-8"))


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)", _without_fences(text), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


def _without_code(text: str) -> str:
    return re.sub(r"`[^`\n]+`", "", _without_fences(text))


def _without_fences(text: str) -> str:
    return re.sub(r"^(`{3,}).*?^\1", "", text, flags=re.MULTILINE | re.DOTALL)


def _listed(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
        return
    for entry in nav.values() if hasattr(nav, "values") else nav:
        yield from _listed(entry)
