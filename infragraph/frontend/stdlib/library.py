"""The standard library as the machine asks it."""

from collections.abc import Mapping

from infragraph.frontend.frame import Frame
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.stdlib import (
    boxes,
    collecting,
    constants,
    functional,
    iterating,
    records,
    reflection,
    roles,
    work,
)
from infragraph.frontend.stdlib.meaning import Meaning
from infragraph.frontend.stdlib.methods import call_container, call_method
from infragraph.frontend.values import Container, LibraryValue, Member, Place, Value, Values

FUNCTIONS: Mapping[str, Meaning] = {
    **boxes.FUNCTIONS,
    **collecting.FUNCTIONS,
    **constants.FUNCTIONS,
    **functional.FUNCTIONS,
    **iterating.FUNCTIONS,
    **records.FUNCTIONS,
    **reflection.FUNCTIONS,
    **roles.FUNCTIONS,
    **work.FUNCTIONS,
}


class StandardLibrary:
    """The built-in functions and the modules that pass functions and resources on."""

    distinctive: frozenset[str] = frozenset()
    top_level: frozenset[str] = frozenset()

    def names(self, _module: str) -> frozenset[str] | None:
        return None

    def is_read(self, _path: str) -> bool:
        return False

    def annotated(self, _path: str) -> str | None:
        return None

    def passed(self, _frame: Frame, _value: Value, _place: Place) -> bool:
        return False

    def attribute(
        self, _frame: Frame, _receiver: Value, _name: str, _place: Place
    ) -> Values | None:
        return None

    def call(self, frame: Frame, call: LibraryCall) -> Values | None:
        match call.callee:
            case LibraryValue():
                path = call.callee.path.replace("typing_extensions.", "typing.")
                meaning = FUNCTIONS.get(path)
                return None if meaning is None else meaning(frame, call)
            case Member():
                return call_method(frame, call, call.callee)
            case Container():
                return call_container(frame, call, call.callee)
            case _:
                return None
