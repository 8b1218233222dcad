from infragraph.kinds import ALL_KINDS
from infragraph.model import diagram as parts
from infragraph.model.diagram import Mark
from infragraph.views.legend import KINDS, MARKS


def test_every_kind_and_mark_has_its_words() -> None:
    nodes = {kind.name for kind in ALL_KINDS if kind.properties is not None}

    assert {*KINDS} == nodes | {"external", parts.DEAD_LETTER, parts.SHARED, parts.MISSING}
    assert {*MARKS} == {*Mark}
