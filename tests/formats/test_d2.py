from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from infragraph.formats.d2 import OUTLINES
from infragraph.model.diagram import Diagram
from infragraph.views.legend import KINDS
from infragraph.views.writable import writable
from infragraph.views.written import words
from tests.formats.applications import FOLDERS
from tests.formats.pictures import scene_of
from tests.formats.strange import HOSTILE, LISTS, label, picture_of
from tests.formats.texts import SAMPLE, diagrams, text
from tests.readers.installed import ask_node


def read(*pictures: Diagram) -> list[Any]:
    return [
        found(answer)
        for answer in ask_node(
            "@terrastruct/d2", "d2.mjs", [text("d2", picture) for picture in pictures]
        )
    ]


def found(answer: dict[str, Any]) -> dict[str, Any]:
    assert "error" not in answer, answer["error"]
    return {
        "shapes": {it["id"]: it["label"] for it in answer["shapes"]},
        "connections": [(it["source"], it["target"], it["label"]) for it in answer["connections"]],
    }


def expected(picture: Diagram) -> dict[str, Any]:
    groups = {one.id: f"g{number}" for number, one in enumerate(picture.groups, 1)}
    keys = {
        one.id: f"n{number}" if one.group is None else f"{groups[one.group]}.n{number}"
        for number, one in enumerate(picture.shapes, 1)
    }
    texts = {"title": picture.title, "notes": "\n".join(picture.notes)}
    return {
        "shapes": {
            **{key: writable(text) for key, text in texts.items() if text.strip()},
            **{groups[one.id]: label(one) for one in picture.groups},
            **{keys[one.id]: label(one) for one in picture.shapes},
        },
        "connections": [
            (keys[one.source], keys[one.target], writable(words(one))) for one in picture.arrows
        ],
    }


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda it: it.name)
def test_d2_reads_every_view(folder: Path) -> None:
    pictures = diagrams(scene_of(folder))

    answers = dict(zip(pictures, read(*pictures.values()), strict=True))

    assert answers == {name: expected(picture) for name, picture in pictures.items()}


@pytest.mark.slow
def test_d2_reads_hostile_text_as_it_is() -> None:
    picture = picture_of(HOSTILE)

    assert read(picture) == [expected(picture)]


@pytest.mark.slow
@settings(max_examples=3)
@given(LISTS)
def test_d2_reads_any_text_as_it_is(texts: list[str]) -> None:
    picture = picture_of(texts)

    assert read(picture) == [expected(picture)]


def test_each_kind_has_an_outline_of_its_own() -> None:
    assert OUTLINES.keys() == KINDS.keys()
    assert len(set(OUTLINES.values())) == len(OUTLINES)


def test_a_picture_has_its_words_in_labels_alone() -> None:
    assert (
        text("d2", SAMPLE, "https://example.org/{path}#L{line}")
        == """\
direction: right
classes: {
  service-kind-group: {
    style.fill: "#f6f8fa"
    style.stroke: "#c4ccd6"
  }
  subscription-kind: {
    shape: step
    style.fill: "#def5ec"
    style.stroke: "#12805c"
    style.font-color: "#1b1f24"
  }
  topic-kind: {
    shape: hexagon
    style.fill: "#fdf0d9"
    style.stroke: "#b26a00"
    style.font-color: "#1b1f24"
  }
}
title: "app: the system" {
  shape: text
  near: top-center
  style.font-size: 24
}
notes: "one is missing" {
  shape: text
  near: bottom-center
}
g1: "«service»\\nusers" {
  class: service-kind-group
  n1: "«topic»\\nsignups\\nUser" {
    class: topic-kind
    link: "https://example.org/a%20b/%C3%BC.py#L7"
  }
}
n2: "«subscription»\\nsend \\"it\\"" {
  class: subscription-kind
  link: "https://example.org/a%20b/%C3%BC.py#L7"
}
g1.n1 -> n2: "delivers (cycle)" {
  style.stroke: "#a3360a"
  style.stroke-width: 4
}
"""
    )
