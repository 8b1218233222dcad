"""The program that tests lay out with, as the command runs it."""

from infragraph.workspace.graphviz import ENGINES, NoLayout
from infragraph.workspace.graphviz import lay_out as run


def lay_out(dot: str) -> str:
    laid = run(ENGINES[0], dot)
    assert not isinstance(laid, NoLayout), laid.reason
    return laid
