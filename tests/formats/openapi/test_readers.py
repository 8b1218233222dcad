"""What others make of our documents: a validator of OpenAPI 3.1, and JSON Schema."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.formats.applications import APPLICATIONS
from tests.formats.documents import dangling, documents, graph_of


def complaints(document: Any) -> list[str]:
    validator: Any = OpenAPIV31SpecValidator(document)
    return [error.message for error in validator.iter_errors()]


@pytest.mark.parametrize("folder", APPLICATIONS, ids=lambda folder: folder.name)
def test_a_validator_finds_nothing_to_complain_of(folder: Path) -> None:
    for path, document in documents("openapi", graph_of(folder)).items():
        assert complaints(document) == [], path
        assert dangling(document) == [], path


@pytest.mark.parametrize("folder", APPLICATIONS, ids=lambda folder: folder.name)
def test_every_schema_is_one_of_the_dialect(folder: Path) -> None:
    for document in documents("openapi", graph_of(folder)).values():
        for schema in document.get("components", {}).get("schemas", {}).values():
            Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("folder", APPLICATIONS, ids=lambda folder: folder.name)
def test_every_operation_has_a_name_of_its_own(folder: Path) -> None:
    for document in documents("openapi", graph_of(folder)).values():
        names = [it["operationId"] for path in document["paths"].values() for it in path.values()]
        assert len(set(names)) == len(names)


def test_the_validator_would_complain(root: Path) -> None:
    (document,) = documents("openapi", graph_of(root / "fixtures/minimal")).values()
    document["paths"]["/hello/{name}"]["post"]["parameters"] = []

    assert complaints(document) != []
