from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infragraph.formats.given import Picture
from infragraph.formats.svg import render
from infragraph.layout.words import printable
from infragraph.model.diagram import Diagram, Group, Mark, Shape
from infragraph.model.graph import InfraGraph
from infragraph.model.source import SourceSpan
from infragraph.views.scene import Scene
from tests.layout.diagrams import arrow, diagram, group, shape
from tests.layout.graphviz import lay_out

NOTHING = Scene(
    graph=InfraGraph(application="app", nodes=(), edges=(), payloads={}, unresolved=()), owners={}
)
SPAN = SourceSpan(path="app/a b&c.py", line=7, column=1, end_line=7, end_column=9)
SVG = "{http://www.w3.org/2000/svg}"


def svg(drawn: Diagram, source_url: str | None = None) -> Element:
    picture = Picture(
        diagram=drawn, scene=NOTHING, diagnostics=(), source_url=source_url, lay_out=lay_out
    )
    return fromstring(render(picture))  # noqa: S314 - it is our own


def titles(root: Element, kind: str) -> list[str]:
    """Of the parts of the picture, not of the samples in its legend."""
    (picture,) = (it for it in root if it.get("id") == "picture")
    return [
        it.findtext(f"{SVG}title") or ""
        for it in picture.iter(f"{SVG}g")
        if kind in it.attrib.get("class", "").split()
    ]


SMALL = diagram(
    [
        replace(shape("topic:a", "topic", "g", label="a", detail="Order"), marks=(Mark.FAN_OUT,)),
        shape("b", "subscription", label="b", service="users", owner="team-web"),
        shape("c", "missing", label="c"),
    ],
    [arrow("topic:a", "b", "delivers", Mark.CYCLE), arrow("b", "c", "calls", Mark.STATED)],
    [group("g", "users", "app.users")],
)


def test_every_part_has_a_name_for_who_cannot_see_it() -> None:
    root = svg(SMALL)

    assert root.findtext(f"{SVG}title") == "app: the system"
    assert root.findtext(f"{SVG}desc") == "1 container, 3 shapes, 2 arrows"
    assert titles(root, "group") == ["service users, app.users"]
    assert titles(root, "shape") == [
        "topic a, Order, fan-out",
        "subscription b, of users, owner team-web",
        "missing c",
    ]
    assert titles(root, "arrow") == [
        "topic a → delivers → subscription b, in a cycle",
        "subscription b → calls → missing c, stated by hand",
    ]
    roles = {it.get("role") for it in root.iter() if it.get("role")}
    assert roles == {"graphics-document document", "graphics-object", "graphics-symbol"}


def test_the_legend_shows_what_is_in_the_picture_alone() -> None:
    root = svg(SMALL)
    (legend,) = (it for it in root.iter(f"{SVG}g") if it.get("class") == "legend")

    assert [it.text for it in legend.iter(f"{SVG}text")] == [
        "topic",
        "subscription",
        "declared nowhere",
        "acts on, or delivers to",
        "thick: leads back to itself",
        "dotted: known from a comment alone",
        "fan-out: several subscriptions receive each message",
    ]


def test_links_lead_to_the_source_only_with_a_template() -> None:
    placed = replace(SMALL, shapes=(replace(SMALL.shapes[0], span=SPAN), *SMALL.shapes[1:]))

    links = [it.attrib for it in svg(placed, "https://x.org/{path}#L{line}").iter(f"{SVG}a")]

    assert links == [
        {
            "href": "https://x.org/app/a%20b%26c.py#L7",
            "target": "_blank",
            "rel": "noopener",
        }
    ]
    assert list(svg(placed).iter(f"{SVG}a")) == []


def test_a_long_name_is_shortened_in_the_picture_and_whole_in_its_title() -> None:
    name = "a-name-that-goes-on-" * 8

    root = svg(diagram([shape("a", label=name)], []))

    (shown,) = (it.text for it in root.iter(f"{SVG}text") if it.get("class") == "name centred")
    assert shown is not None
    assert len(shown) < 40
    assert titles(root, "shape") == [f"endpoint {name}"]


def test_notes_are_below() -> None:
    root = svg(replace(diagram([], []), notes=("a first thing", "a second thing")))

    texts = [it.text for it in root.iter(f"{SVG}text")]
    assert texts == [
        "app: the system",
        "a first thing",
        "a second thing",
    ]


HOSTILE = [
    "</text><script>alert(1)</script>",
    "]]>",
    "<!--",
    "&quot;",
    "a\x00b\x1b[31m",
    "\u202e\n",
]


def everywhere(text: str) -> Diagram:
    one = Shape(
        id=text,
        kind="topic",
        node=text,
        label=text,
        detail=text,
        group=f"g{text}",
        service=text,
        owner=text,
        span=None,
    )
    box = Group(
        id=f"g{text}",
        kind="service",
        node=None,
        label=text,
        detail=text,
        owner=text,
        span=None,
    )
    drawn = diagram([one, shape("z")], [arrow(text, "z", text)], [box])
    return replace(drawn, title=text, notes=(text,))


@settings(max_examples=40)
@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)))
def test_any_text_stays_text(text: str) -> None:
    root = svg(everywhere(text))

    tags = {it.tag.removeprefix(SVG) for it in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "g", "path", "text"}
    assert root.findtext(f"{SVG}title") == printable(text)
    assert f"topic {printable(text)}" in titles(root, "shape")[0]


@pytest.mark.parametrize("forbidden", ["<script", "foreignObject", "@import", "url(", "http-equiv"])
def test_nothing_is_loaded_or_run(forbidden: str) -> None:
    picture = Picture(
        diagram=SMALL, scene=NOTHING, diagnostics=(), source_url=None, lay_out=lay_out
    )

    assert forbidden not in render(picture)
