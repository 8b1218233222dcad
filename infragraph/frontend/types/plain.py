"""Classes that no library gives fields: containers by another name, and what cannot be sent."""

from typing import TYPE_CHECKING

from infragraph.frontend.types import library
from infragraph.frontend.types.ancestry import UNDERSTOOD, bases, library_bases, order
from infragraph.frontend.types.reading import Reading
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.types.standard import CONTAINERS, STANDARD_MODULES, TUPLES
from infragraph.frontend.values import ClassValue
from infragraph.model import facts

if TYPE_CHECKING:
    from infragraph.frontend.types.reader import Reader


def reading(
    reader: "Reader", scope: Scope, of: ClassValue, expression: facts.Expression
) -> Reading:
    """A subclass of a container is encoded as one; anything else is a fault."""
    machine = reader.machine
    for current in order(machine, of):
        for base in bases(machine, current, scope.unit):
            if base.path in CONTAINERS or base.path in TUPLES:
                return library.reading(reader, base.scope, base.path, expression, base.arguments)
    paths, is_open = library_bases(machine, of)
    foreign = sorted(path for path in paths - UNDERSTOOD if not _is_standard(path))
    if foreign:
        package = foreign[0].partition(".")[0]
        detail = f"its base class '{foreign[0]}' belongs to '{package}', whose source was not read"
        return reader.fault(scope, expression, detail, "not-found", package)
    if is_open and paths <= UNDERSTOOD:
        return reader.fault(scope, expression, "one of its base classes was not found", "not-found")
    if "typing.Protocol" in paths:
        return reader.fault(scope, expression, "it is a protocol, which objects do not come from")
    for scalar in ("str", "int", "float", "bytes"):
        if scalar in paths:
            detail = f"a subclass of '{scalar}' cannot be told from it once encoded"
            return reader.fault(scope, expression, detail)
    return reader.fault(scope, expression, "it is a plain class, which does not say what it holds")


def _is_standard(path: str) -> bool:
    return "." not in path or path.partition(".")[0] in STANDARD_MODULES
