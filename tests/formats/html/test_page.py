"""The page as text: what a browser is told, and what is in its data."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.formats.html.page import PROGRAM, embedded, page
from tests.formats.pictures import picture, scene_of
from tests.golden.comparing import matches_golden


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return picture(scene_of(root / "fixtures/shop"), "html")


class _Outline(HTMLParser):
    """The scripts and styles of a page, and all attributes that name an address."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: str | None = None
        self.inner: list[tuple[str, str]] = []
        self.addresses: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [name for name in ("src", "href", "action") if name in given]
        assert not [name for name in given if name.startswith("on")]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        if tag in {"script", "style"}:
            self.inside = tag if "type" not in given else "data"
            self.inner.append((self.inside, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside is not None:
            kind, before = self.inner[-1]
            self.inner[-1] = (kind, before + data)


def outline(text: str) -> _Outline:
    parser = _Outline()
    parser.feed(text)
    parser.close()
    return parser


def test_the_policy_lets_in_one_style_sheet_and_one_program_by_their_hashes(text: str) -> None:
    found = outline(text)
    (style,), (program,) = (
        [inner for kind, inner in found.inner if kind == wanted] for wanted in ("style", "script")
    )

    assert found.policy == (
        f"default-src 'none'; style-src 'sha256-{hashed(style)}'; "
        f"script-src 'sha256-{hashed(program)}'; base-uri 'none'; form-action 'none'"
    )
    assert found.addresses == []


def hashed(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def test_a_collapsed_picture_has_a_sheet_for_each_service(text: str) -> None:
    (data,) = (json.loads(inner) for kind, inner in outline(text).inner if kind == "data")

    names = ["accounts", "catalog", "emails", "orders", "payments", "reports", "shipping"]
    assert list(data["sheets"]) == ["", *(f"group:{name}" for name in names), "shared"]
    opened = {card["id"] for card in data["sheets"]["group:shipping"]["cards"]}
    assert {"database:shipping", "group:accounts"} <= opened
    assert "group:shipping" not in opened


def test_the_program_sets_text_and_makes_no_markup(root: Path) -> None:
    program = "".join(it.read_text(encoding="utf-8") for it in parts(root))

    markup = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser"]
    running = ["eval(", "Function(", "import(", "srcdoc", "fetch(", "XMLHttpRequest"]
    assert [name for name in (*markup, *running) if name in program] == []


def test_every_part_of_the_program_is_in_the_page(root: Path) -> None:
    assert sorted(PROGRAM) == sorted(it.stem for it in parts(root))


def parts(root: Path) -> list[Path]:
    return sorted((root / "infragraph/formats/html/program").glob("*.js"))


@given(st.recursive(st.text(), lambda inner: st.dictionaries(st.text(), inner, max_size=3)))
def test_data_is_read_as_it_was_and_never_ends_its_block(value: object) -> None:
    text = embedded({"it": value})

    assert json.loads(text) == {"it": value}
    assert re.search(r"[<>&\u2028\u2029]", text) is None


@given(st.text())
def test_any_title_and_data_leave_the_page_whole(text: str) -> None:
    found = outline(page(text, {"it": text}))

    assert [kind for kind, _ in found.inner] == ["style", "data", "script"]


@pytest.mark.parametrize("fixture", ["minimal", "shop"])
def test_pages_are_those_that_are_stored(
    fixture: str, root: Path, request: pytest.FixtureRequest
) -> None:
    made = picture(scene_of(root / "fixtures" / fixture), "html")

    matches_golden(request, f"{fixture}/diagrams/html/system.html", made)
