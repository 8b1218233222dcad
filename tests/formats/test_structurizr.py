from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from infragraph.formats.structurizr.model import model_of
from infragraph.formats.structurizr.styles import OUTLINES
from infragraph.formats.structurizr.words import APART
from infragraph.model.diagram import Diagram
from infragraph.views.legend import KINDS
from infragraph.views.writable import writable
from infragraph.views.written import lines, words
from tests.formats.applications import FOLDERS
from tests.formats.pictures import scene_of
from tests.formats.strange import HOSTILE, LISTS, picture_of
from tests.formats.texts import SAMPLE, diagram, diagrams, group, shape, text
from tests.readers.installed import ask_java


def read(*pictures: Diagram) -> list[Any]:
    answers: list[Any] = ask_java(
        "structurizr-dsl",
        "Structurizr.java",
        [text("structurizr", picture) for picture in pictures],
    )
    for answer in answers:
        assert "error" not in answer, answer["error"]
    return answers


def found(answer: dict[str, Any]) -> dict[str, Any]:
    elements = {it["key"]: it for it in answer["elements"]}
    return {
        "words": (plain(answer["name"]), plain(answer["description"])),
        "shapes": {
            key: (kind_of(it["tags"]), plain(it["description"]))
            for key, it in elements.items()
            if key.startswith("n")
        },
        "names": {key: plain(it["name"]) for key, it in elements.items() if key.startswith("n")},
        "relationships": sorted(
            (
                it["source"],
                it["target"],
                plain(it["description"]),
                *sorted(set(it["tags"]) - {"Relationship"}),
            )
            for it in answer["relationships"]
        ),
    }


def expected(picture: Diagram, names: dict[str, str]) -> dict[str, Any]:
    """Names that were made to differ are taken as they are, if they begin as they should."""
    keys = {one.id: f"n{number}" for number, one in enumerate(picture.shapes, 1)}
    labels = {keys[one.id]: (writable(one.label), f"({one.kind})") for one in picture.shapes}
    return {
        "words": (writable(picture.title), writable(" ".join(picture.notes))),
        "shapes": {
            keys[one.id]: (one.kind, " · ".join(map(writable, lines(one)[2:])))
            for one in picture.shapes
        },
        "names": {
            key: names[key] if names[key].startswith(f"{label} {kind}".strip()) else label
            for key, (label, kind) in labels.items()
        },
        "relationships": sorted(
            (
                keys[one.source],
                keys[one.target],
                writable(words(one)),
                *sorted({one.relation, *(f"mark:{mark}" for mark in one.marks)}),
            )
            for one in picture.arrows
        ),
    }


def kind_of(tags: list[str]) -> str:
    (kind,) = set(tags) & KINDS.keys()
    return kind


def plain(text: str | None) -> str:
    return (text or "").replace(APART, "")


def check(picture: Diagram, answer: dict[str, Any]) -> None:
    read_back = found(answer)

    assert read_back == expected(picture, read_back["names"])


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda it: it.name)
def test_structurizr_reads_every_view(folder: Path) -> None:
    pictures = diagrams(scene_of(folder)).values()

    for picture, answer in zip(pictures, read(*pictures), strict=True):
        check(picture, answer)


@pytest.mark.slow
def test_structurizr_reads_hostile_text_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "read from the environment")
    picture = picture_of(HOSTILE)

    (answer,) = read(picture)

    check(picture, answer)


@pytest.mark.slow
@settings(max_examples=4)
@given(LISTS)
def test_structurizr_reads_any_text_as_it_is(texts: list[str]) -> None:
    picture = picture_of(texts)

    (answer,) = read(picture)

    check(picture, answer)


@pytest.mark.slow
def test_structurizr_finds_services_with_what_they_own() -> None:
    picture = diagram(
        shape("external:stripe", "external", label="stripe"),
        shape("topic:a", label="a", service="users", group="group:users"),
        shape("topic:b", label="b", service="users"),
        shape("topic:c", label="c"),
        groups=(replace(group("group:users"), label="users"),),
    )

    (answer,) = read(picture)

    assert sorted(
        (it["key"], it["type"], it["name"], it["parent"]) for it in answer["elements"]
    ) == [
        ("app", "SoftwareSystem", "app", None),
        ("n1", "SoftwareSystem", "stripe", None),
        ("n2", "Component", "a", "s1"),
        ("n3", "Component", "b", "s1"),
        ("n4", "Component", "c", "s2"),
        ("s1", "Container", "users", "app"),
        ("s2", "Container", "shared", "app"),
    ]
    assert sorted(answer["views"]) == [
        ["ComponentView", "components-s1", 2],
        ["ComponentView", "components-s2", 1],
        ["ContainerView", "containers", 2],
        ["SystemContextView", "context", 1],
    ]


def test_names_that_are_the_same_or_blank_are_told_apart() -> None:
    picture = diagram(
        shape("endpoint:a/list", "endpoint", label="list", service="a"),
        shape("cron:list", "cron", label="list", service="a"),
        shape("subscription:x/list", "cron", label="list", service="a"),
        shape("topic:", label=" ", service="a"),
    )

    assert [it.name for it in model_of(picture, "app").containers[0].parts] == [
        "list",
        "list (cron)",
        "list (cron) 2",
        "(topic)",
    ]


def test_a_picture_is_a_model_with_views() -> None:
    written = text("structurizr", SAMPLE, "https://example.org/{path}#L{line}")

    assert (
        written.partition("    views {")[0]
        == """\
workspace "app: the system" "one is missing" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "users" "" "service" "service" {
                url "https://example.org/a%20b/%C3%BC.py#L7"
                n1 = component "signups" "User" "topic" "topic" {
                    url "https://example.org/a%20b/%C3%BC.py#L7"
                }
            }
            s2 = container "shared" "" "shared" "shared" {
                n2 = component "send \\"it\\"" "" "subscription" "subscription" {
                    url "https://example.org/a%20b/%C3%BC.py#L7"
                }
            }
        }
        n1 -> n2 "delivers (cycle)" "" "publishes,mark:cycle"
    }
"""
    )


def test_each_kind_has_an_outline_of_its_own() -> None:
    assert OUTLINES.keys() == KINDS.keys()
    assert len(set(OUTLINES.values())) == len(OUTLINES)
