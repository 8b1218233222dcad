from infragraph.cli.diagram import ENGINES, VIEWS
from infragraph.views import choosing
from infragraph.workspace import graphviz


def test_what_help_lists_without_loading_it_is_what_there_is() -> None:
    assert VIEWS == choosing.NAMES
    assert ENGINES == graphviz.ENGINES
