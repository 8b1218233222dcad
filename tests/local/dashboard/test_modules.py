"""The page's own modules: typed, and without anything that could run what it is given."""

import re
import subprocess
from pathlib import Path

import pytest

import infragraph.local.dashboard
from tests.readers.installed import INSTALLED, LIMIT, NODE, needs_package, ran

STATIC = Path(infragraph.local.dashboard.__file__).parent / "static"
MODULES = sorted(STATIC.rglob("*.js"))
TEXTS = [*MODULES, *sorted(STATIC.rglob("*.css")), STATIC / "index.html", STATIC / "icon.svg"]


@pytest.mark.slow
def test_modules_are_typed() -> None:
    needs_package("typescript")
    compiler = INSTALLED / "node_modules" / "typescript" / "bin" / "tsc"

    done = subprocess.run(
        [NODE, compiler, "-p", STATIC / "tsconfig.json"],
        capture_output=True,
        check=False,
        text=True,
        timeout=LIMIT,
    )

    assert done.stdout == ""
    assert done.returncode == 0
    ran("typescript")


@pytest.mark.parametrize("path", MODULES, ids=lambda it: it.relative_to(STATIC).as_posix())
def test_9_a_module_makes_no_markup_and_runs_no_text(path: Path) -> None:
    sinks = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment"
        r"|srcdoc|\beval\b|new Function|setAttribute\(\"on|javascript:|set(?:Timeout|Interval)\(\""
    )

    assert sinks.findall(path.read_text()) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda it: it.relative_to(STATIC).as_posix())
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    found = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"')]*", path.read_text())

    assert [it for it in found if it != "http://www.w3.org/2000/svg"] == []


def test_the_page_itself_holds_no_script_and_no_style() -> None:
    page = (STATIC / "index.html").read_text()

    assert re.findall(r"<script(?![^>]* src=)|<style|style=|\son[a-z]+=", page) == []
