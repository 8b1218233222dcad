"""Pictures that are text, as they would be committed."""

from pathlib import Path

import pytest

from tests.formats.pictures import scene_of
from tests.formats.texts import TEXTS, diagrams, text
from tests.golden.comparing import matches_golden

ENDINGS = {"mermaid": "mmd", "dot": "dot", "d2": "d2", "structurizr": "dsl"}


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("fixture", ["minimal", "shop"])
def test_pictures_are_those_that_are_stored(
    fixture: str, form: str, root: Path, request: pytest.FixtureRequest
) -> None:
    for name, picture in diagrams(scene_of(root / "fixtures" / fixture)).items():
        stored = f"{fixture}/diagrams/{form}/{name}.{ENDINGS[form]}"
        matches_golden(request, stored, text(form, picture))


def test_the_documentation_shows_what_is_printed(root: Path) -> None:
    picture = diagrams(scene_of(root / "fixtures/minimal"))["system"]

    assert f"```\n{text('mermaid', picture)}```\n" in (root / "docs/diagrams.md").read_text("utf-8")
