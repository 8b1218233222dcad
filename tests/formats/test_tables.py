import pkgutil

import pytest

import infragraph.formats
from infragraph.formats import tables
from infragraph.formats.tables import ALL_EXPORTS, ALL_FORMATS, document_renderer, picture_renderer

OF_PLANS = {"cloudformation", "gcloud", "krm", "permissions", "runtime"}
NO_FORMATS = {"given", "tables"}


def test_every_module_of_what_shows_a_graph_is_in_a_table() -> None:
    found = {module.name for module in pkgutil.iter_modules(infragraph.formats.__path__)}

    assert found - NO_FORMATS - OF_PLANS == {
        one.module.removeprefix("infragraph.formats.") for one in (*ALL_FORMATS, *ALL_EXPORTS)
    }


@pytest.mark.parametrize("name", tables.names(ALL_FORMATS))
def test_a_picture_can_be_rendered(name: str) -> None:
    assert callable(picture_renderer(name))


@pytest.mark.parametrize("name", tables.names(ALL_EXPORTS))
def test_documents_can_be_rendered(name: str) -> None:
    assert callable(document_renderer(name))
