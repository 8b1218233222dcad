"""What others make of our documents: AsyncAPI's schema, its own parser, and JSON Schema."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.formats.applications import APPLICATIONS, present
from tests.formats.documents import dangling, documents, files, graph_of
from tests.readers.installed import INSTALLED, ask_node, needs_package, ran

TARGETS = (None, "aws", "gcp")

PUBLISHED = INSTALLED / "node_modules/@asyncapi/specs/schemas/3.0.0.json"


def made() -> Iterator[tuple[str, str]]:
    """Every application for every target; documents of services are parts of theirs."""
    for folder in present():
        for target in TARGETS:
            every = files("asyncapi", graph_of(folder), target=target)
            are_new = target is None and folder.name in {"shop", "minimal"}
            for path, text in every.items():
                if are_new or path == "asyncapi.yaml":
                    yield f"{folder.name} {target} {path}", text


@pytest.mark.parametrize("folder", APPLICATIONS, ids=lambda folder: folder.name)
def test_documents_hold_what_they_refer_to_and_schemas_alone(folder: Path) -> None:
    for path, document in documents("asyncapi", graph_of(folder)).items():
        assert dangling(document) == [], path
        for schema in document["components"].get("schemas", {}).values():
            Draft7Validator.check_schema(schema)


@pytest.mark.slow
def test_documents_are_what_the_published_schema_demands() -> None:
    needs_package("@asyncapi/specs")
    validator: Any = Draft7Validator(json.loads(PUBLISHED.read_text("utf-8")))

    found = {
        name: [it.message for it in validator.iter_errors(yaml.safe_load(text))]
        for name, text in made()
    }

    ran("@asyncapi/specs")
    assert len(found) > len(present())
    assert {name: it for name, it in found.items() if it} == {}


@pytest.mark.slow
def test_the_parser_of_asyncapi_finds_nothing_to_complain_of() -> None:
    named = dict(made())

    read = ask_node("@asyncapi/parser", "asyncapi.mjs", list(named.values()))

    problems = {name: it["problems"] for name, it in zip(named, read, strict=True)}
    assert {name: it for name, it in problems.items() if it} == {}


@pytest.mark.slow
def test_the_parser_of_asyncapi_reads_what_was_meant(root: Path) -> None:
    text = files("asyncapi", graph_of(root / "fixtures/minimal"), target="aws")["asyncapi.yaml"]
    broken = text.replace("action: send", "action: sent")
    loose = text.replace("#/components/schemas/Greeting", "#/components/schemas/Gone")

    read, misread, dangled = ask_node("@asyncapi/parser", "asyncapi.mjs", [text, broken, loose])

    assert read == {
        "problems": [],
        "channels": {
            "greetings": {
                "address": "greetings",
                "messages": ["Greeting"],
                "bindings": ["sns"],
                "summary": None,
                "description": None,
            }
        },
        "operations": {
            "endpoint.greeter.hello.send.greetings": {
                "action": "send",
                "channels": ["greetings"],
                "messages": ["Greeting"],
                "bindings": [],
                "summary": None,
                "description": None,
            },
            "subscription.greetings.write-down.receive": {
                "action": "receive",
                "channels": ["greetings"],
                "messages": ["Greeting"],
                "bindings": ["sns", "sqs"],
                "summary": None,
                "description": None,
            },
        },
    }
    assert any(it.startswith("error") for it in misread["problems"])
    assert any(it.startswith("error") for it in dangled["problems"])
