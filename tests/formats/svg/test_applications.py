"""Every view of whole applications."""

from pathlib import Path

import pytest

from tests.formats.applications import APPLICATIONS
from tests.formats.pictures import pictures, scene_of
from tests.formats.svg_geometry import crossings, geometry, overlaps
from tests.golden.comparing import matches_golden_tree


@pytest.mark.parametrize("fixture", ["minimal", "shop"])
def test_pictures_are_those_that_are_stored(
    fixture: str, root: Path, request: pytest.FixtureRequest
) -> None:
    made = pictures(scene_of(root / "fixtures" / fixture), "svg")

    matches_golden_tree(
        request,
        f"{fixture}/diagrams/svg",
        {f"{name}.svg": text for name, text in made.items()},
    )


@pytest.mark.parametrize("folder", APPLICATIONS, ids=lambda folder: folder.name)
def test_nothing_is_on_anything_in_any_view(folder: Path) -> None:
    for name, text in pictures(scene_of(folder), "svg").items():
        found = geometry(text)

        assert (name, overlaps(found), crossings(found)) == (name, [], [])
