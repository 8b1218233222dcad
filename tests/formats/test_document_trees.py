"""Whole trees of documents, as they would be committed."""

from pathlib import Path

import pytest

from tests.formats.documents import files, graph_of
from tests.golden.comparing import matches_golden_tree


@pytest.mark.parametrize("what", ["asyncapi", "openapi"])
@pytest.mark.parametrize("fixture", ["minimal", "shop"])
def test_documents_are_those_that_are_stored(
    fixture: str, what: str, root: Path, request: pytest.FixtureRequest
) -> None:
    made = files(what, graph_of(root / "fixtures" / fixture))

    matches_golden_tree(request, f"{fixture}/exports/{what}", made)


@pytest.mark.parametrize("target", ["aws", "gcp"])
def test_bindings_of_a_target_are_those_that_are_stored(
    target: str, root: Path, request: pytest.FixtureRequest
) -> None:
    made = files("asyncapi", graph_of(root / "fixtures/shop"), target=target)

    matches_golden_tree(request, f"shop/exports/asyncapi-{target}", made)
