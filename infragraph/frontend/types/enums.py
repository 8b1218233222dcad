"""Enums, which are encoded as the values of their members."""

from infragraph.frontend.types.ancestry import library_bases
from infragraph.frontend.types.constants import Constant, constant
from infragraph.frontend.types.constraints import metadata_call
from infragraph.frontend.types.fields import Written, written_fields
from infragraph.frontend.types.names import LibraryTarget, target
from infragraph.frontend.types.schema import TEXT, Schema, enumeration
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.types.shape import Shape, Source
from infragraph.model import facts
from infragraph.model.graph import Property

INTEGER: Schema = {"type": "integer"}

FLAGS = frozenset({"enum.Flag", "enum.IntFlag"})

VALUE_METHODS = frozenset({"__new__", "__init__", "_generate_next_value_"})
"""Methods by which a member's value is not what is written."""


def shape(source: Source) -> Shape:
    """The values of all members, or their type where one is not a constant."""
    above, _ = library_bases(source.reader.machine, source.of)
    schema = INTEGER if above & FLAGS else _members(source, above)
    doc = source.doc
    return Shape(schema=schema if doc is None else _described(schema, doc))


def _described(schema: Schema, doc: str) -> Schema:
    """The description stands behind the type, as in every definition."""
    kind = {"type": schema["type"]} if "type" in schema else {}
    return {**kind, "description": doc, **schema}


def _members(source: Source, above: frozenset[str]) -> Schema:
    values: list[Property] = []
    is_text = bool(above & {"str", "enum.StrEnum"})
    is_number = bool(above & {"int", "enum.IntEnum"})
    general: Schema = TEXT if is_text else INTEGER if is_number else {}
    if _methods(source):
        return {}
    for ancestor in source.ancestors:
        for written in written_fields(ancestor.scope, ancestor.of.definition.body):
            if written.annotation is not None or written.value is None or _is_private(written.name):
                continue
            if _is_no_member(source, written.scope, written.value):
                continue
            value = _value(source, written, values, above)
            if value is None:
                return general
            values.append(_converted(value.value, is_text=is_text))
    return enumeration(values) if values else general


def _methods(source: Source) -> bool:
    return any(
        isinstance(statement, facts.Function) and statement.name in VALUE_METHODS
        for ancestor in source.ancestors
        for statement in ancestor.of.definition.body
    )


def _is_private(name: str) -> bool:
    return name.startswith("_")


def _is_no_member(source: Source, scope: Scope, value: facts.Expression) -> bool:
    if isinstance(value, facts.Lambda):
        return True
    call = metadata_call(source.reader.machine, scope, value)
    return call is not None and call.path in {"enum.nonmember", "property", "functools.partial"}


def _value(
    source: Source, written: Written, before: list[Property], above: frozenset[str]
) -> Constant | None:
    scope, expression = written.scope, written.value
    if isinstance(expression, facts.Call):
        found = target(source.reader.machine, scope, expression.callee)
        path = found.path if isinstance(found, LibraryTarget) else ""
        if path.endswith(".auto") and path.startswith("enum."):
            return _automatic(written.name, before, above)
        if path == "enum.member" and expression.arguments:
            return constant(source.reader.machine, scope, expression.arguments[0])
        return None
    if isinstance(expression, facts.Name) and any(
        isinstance(statement, facts.Assign)
        and any(isinstance(t, facts.Name) and t.id == expression.id for t in statement.targets)
        for statement in source.of.definition.body
    ):
        return Constant(before[-1]) if before else None  # An alias repeats a value that is there.
    return source.constant(scope, expression)


def _automatic(name: str, before: list[Property], above: frozenset[str]) -> Constant | None:
    if "enum.StrEnum" in above:
        return Constant(name.lower())
    if "str" in above:
        return None
    numbers = [value for value in before if isinstance(value, int)]
    return Constant(max(numbers) + 1 if numbers else 1)


def _converted(value: Property, *, is_text: bool) -> Property:
    """A str enum makes a text of whatever its members are given."""
    return str(value) if is_text and not isinstance(value, str) else value
