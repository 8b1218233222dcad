import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from infragraph.formats.mermaid import BRACKETS, MOST_ARROWS
from infragraph.formats.mermaid.words import APART, titled
from infragraph.model.diagram import Diagram, Undrawable
from infragraph.views.legend import KINDS
from infragraph.views.writable import one_line, writable
from infragraph.views.written import words
from tests.formats.applications import FOLDERS
from tests.formats.pictures import scene_of
from tests.formats.strange import HOSTILE, LISTS, label, picture_of
from tests.formats.texts import SAMPLE, arrow, diagram, diagrams, drawn, shape, text
from tests.readers.installed import ask_node


def read(*pictures: Diagram) -> list[Any]:
    found: list[Any] = ask_node(
        "mermaid", "mermaid.mjs", [text("mermaid", picture) for picture in pictures]
    )
    return found


def expected(picture: Diagram) -> dict[str, Any]:
    """What mermaid should say of a picture; spaces are HTML's."""
    names = {one.id: f"n{number}" for number, one in enumerate(picture.shapes, 1)}
    notes = "\n".join(map(writable, picture.notes))
    inside = (
        *(one for group in picture.groups for one in picture.shapes if one.group == group.id),
        *(one for one in picture.shapes if one.group is None),
    )
    return {
        "nodes": [
            *({"id": names[one.id], "label": spaced(label(one))} for one in inside),
            *([{"id": "notes", "label": spaced(notes)}] if picture.notes else []),
        ],
        "edges": [
            {
                "source": names[one.source],
                "target": names[one.target],
                "label": spaced(one_line(words(one))),
            }
            for one in picture.arrows
        ],
        "groups": {
            f"g{number}": (
                spaced(label(group)),
                sorted(names[one.id] for one in picture.shapes if one.group == group.id),
            )
            for number, group in enumerate(picture.groups, 1)
        },
    }


def found(answer: dict[str, Any]) -> dict[str, Any]:
    assert "error" not in answer, answer["error"]
    return {
        "nodes": [{"id": it["id"], "label": spaced(it["label"])} for it in answer["nodes"]],
        "edges": [
            {
                "source": it["source"],
                "target": it["target"],
                "label": spaced(it["label"].replace("\n", " ")),
            }
            for it in answer["edges"]
        ],
        "groups": {it["id"]: (spaced(it["label"]), it["nodes"]) for it in answer["groups"]},
    }


def spaced(words: str) -> str:
    """As HTML sets it, and without what keeps Mermaid from taking it for its own."""
    lines = words.replace(APART, "").strip().split("\n")
    return "\n".join(re.sub(r"[ \t]+", " ", line).strip(" ") for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda it: it.name)
def test_mermaid_reads_every_view(folder: Path) -> None:
    pictures = diagrams(scene_of(folder))

    answers = dict(zip(pictures, read(*pictures.values()), strict=True))

    assert {name: found(answer) for name, answer in answers.items()} == {
        name: expected(picture) for name, picture in pictures.items()
    }


@pytest.mark.slow
def test_mermaid_reads_hostile_text_as_it_is() -> None:
    picture = picture_of(HOSTILE)

    (answer,) = read(picture)

    assert found(answer) == expected(picture)


@pytest.mark.slow
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(LISTS)
def test_mermaid_reads_any_text_as_it_is(texts: list[str]) -> None:
    picture = picture_of(texts)

    (answer,) = read(picture)

    assert found(answer) == expected(picture)


@pytest.mark.slow
def test_mermaid_finds_another_outline_for_each_kind() -> None:
    picture = diagram(*(shape(kind, kind) for kind in BRACKETS))

    (answer,) = read(picture)

    assert len({it["type"] for it in answer["nodes"]}) == len(BRACKETS)


@given(LISTS)
def test_the_title_is_one_string_of_yaml(texts: list[str]) -> None:
    picture = picture_of(texts)
    _, head, _ = text("mermaid", picture).split("---\n", 2)

    assert yaml.safe_load(head) == {"title": titled(picture.title)}


def test_the_title_has_no_sign_of_html() -> None:
    shown = titled("<b> & c")

    assert [unicodedata.normalize("NFKC", it) for it in shown] == [*"<b> & c"]
    assert not set(shown) & set("<>&")


def test_each_kind_has_an_outline() -> None:
    assert BRACKETS.keys() == KINDS.keys()


def test_a_picture_is_a_flowchart_with_containers() -> None:
    assert (
        text("mermaid", SAMPLE, "https://example.org/{path}#L{line}")
        == """\
---
title: "app: the system"
---
flowchart LR
    subgraph g1["«service»<br/>users"]
        n1{{"«topic»<br/>signups<br/>User"}}:::topic
    end
    n2>"«subscription»<br/>send #34;it#34;"]:::subscription
    notes["one is missing"]:::notes
    n1 ==>|"delivers (cycle)"| n2
    click n1 href "https://example.org/a%20b/%C3%BC.py#L7"
    click n2 href "https://example.org/a%20b/%C3%BC.py#L7"
    classDef subscription fill:#def5ec,stroke:#12805c,color:#1b1f24
    classDef topic fill:#fdf0d9,stroke:#b26a00,color:#1b1f24
    classDef notes fill:none,stroke:none
"""
    )


def test_more_arrows_than_mermaid_draws_are_an_error_that_says_what_to_ask_for() -> None:
    names = [f"t{number}" for number in range(MOST_ARROWS + 2)]
    picture = diagram(
        *map(shape, names),
        arrows=tuple(arrow(one, other) for one, other in pairwise(names)),
    )

    assert drawn("mermaid", picture) == Undrawable(
        reason="mermaid draws at most 500 arrows, and view 'system' has 501; draw a part of it "
        "with --view service:NAME, or all of it with --format svg"
    )


def test_more_text_than_mermaid_reads_is_an_error_that_says_what_to_ask_for() -> None:
    picture = diagram(shape("x" * 50_000))

    made = drawn("mermaid", picture)

    assert isinstance(made, Undrawable)
    assert made.reason.startswith("mermaid draws at most 50000 characters, and view 'system' has ")
