"""Types of libraries: the standard library's, pydantic's, msgspec's and our own."""

from typing import TYPE_CHECKING

from infragraph.frontend.types import special
from infragraph.frontend.types.constraints import narrowed
from infragraph.frontend.types.containers import container, fixed_tuple
from infragraph.frontend.types.pydantic_types import NARROWED
from infragraph.frontend.types.reading import ANYTHING as EVERYTHING
from infragraph.frontend.types.reading import NOTHING, UNSET, Reading
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.types.standard import (
    ANYTHING,
    CALLABLES,
    CONTAINERS,
    GENERATORS,
    SCALARS,
    STANDARD_MODULES,
    TUPLES,
)
from infragraph.model import facts
from infragraph.model.types import ScalarType, UnknownType

if TYPE_CHECKING:
    from infragraph.frontend.types.reader import Reader

WITHOUT_SCHEMA = frozenset({"msgspec.Raw", "pydantic.JsonValue"})
"""Any JSON at all."""


def reading(  # noqa: PLR0911 - a line per sort of type
    reader: "Reader",
    scope: Scope,
    path: str,
    expression: facts.Expression,
    arguments: tuple[facts.Expression, ...],
) -> Reading:
    """What a library's name says, with type arguments where there are some."""
    if path in ANYTHING or path in WITHOUT_SCHEMA:
        return EVERYTHING
    if path in SCALARS:
        return scalar(scope, path)
    if path in TUPLES:
        return fixed_tuple(reader, scope, expression, arguments)
    if path in CONTAINERS:
        return container(reader, scope, path, expression, arguments)
    if path in NARROWED:
        return _narrowed(scope, path)
    if path in {"types.NoneType", "NoneType"}:
        return NOTHING
    if path in {"msgspec.UnsetType", "msgspec.UNSET"}:
        return UNSET
    form = special.FORMS.get(path)
    if form is not None:
        return form(reader, scope, expression, arguments)
    return _refused(reader, scope, path, expression)


def scalar(scope: Scope, path: str) -> Reading:
    """A type that is encoded as one JSON value, as the scope's codec does it."""
    schema = SCALARS[path]
    if scope.codec == "pydantic" and "contentEncoding" in schema:
        schema = {"type": "string", "format": "binary"}
    name = "pathlib.Path" if path.startswith("pathlib.") else path
    return Reading(type=ScalarType(name=name), schema=schema, is_scalar=True)


def _narrowed(scope: Scope, path: str) -> Reading:
    found = NARROWED[path]
    if found.schema is None:
        return narrowed(scalar(scope, found.base), found.constraints)
    kind = ScalarType(name=found.base) if found.base else UnknownType(reason=path)
    return narrowed(Reading(type=kind, schema=found.schema, is_scalar=True), found.constraints)


def _refused(reader: "Reader", scope: Scope, path: str, expression: facts.Expression) -> Reading:
    package = path.partition(".")[0]
    if path in CALLABLES:
        return reader.fault(scope, expression, "a callable cannot be sent")
    if path in GENERATORS:
        return reader.fault(scope, expression, "it is run, not sent")
    if "." not in path:
        return reader.fault(scope, expression, f"'{path}' is not data")
    if package in STANDARD_MODULES:
        return reader.fault(scope, expression, f"'{path}' of the standard library is not data")
    if package in {"infragraph", "msgspec", "pydantic", "attrs"}:
        return reader.fault(scope, expression, f"'{path}' is not data")
    detail = f"it comes from '{package}', whose source was not read"
    return reader.fault(scope, expression, detail, "not-found", package)
