"""Fields: what the statements of a class's body declare, whatever its form."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.frontend.types.constants import Constant
from infragraph.frontend.types.containers import row
from infragraph.frontend.types.reading import Reading, optional
from infragraph.frontend.types.schema import Schema
from infragraph.frontend.types.scope import Scope
from infragraph.model import facts
from infragraph.model.graph import Property


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """`name: annotation = value` as it stands in a class's body, in the scope of that class."""

    name: str
    annotation: facts.Expression | None
    value: facts.Expression | None
    doc: str | None
    scope: Scope


Rename: TypeAlias = Callable[[str], str | None]
"""What makes a field's key of its name, None where only running it would show."""


def undecided(_name: str) -> None:
    """The key that a function of the application makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One member; a field `is_output` that only encoding adds.

    `key` is its name once encoded, None where a function makes that name when the program runs.
    """

    name: str
    key: str | None
    reading: Reading
    is_required: bool
    default: Constant | None = None
    description: str | None = None
    is_output: bool = False


def written_fields(scope: Scope, body: tuple[facts.Statement, ...]) -> Iterator[Written]:
    """The assignments of a class's body in order, those in branches included."""
    for statement in body:
        match statement:
            case facts.AnnotatedAssign(target=facts.Name(id=name)):
                yield Written(
                    name=name,
                    annotation=statement.annotation,
                    value=statement.value,
                    doc=statement.doc,
                    scope=scope,
                )
            case facts.Assign(targets=(facts.Name(id=name),)):
                yield Written(
                    name=name,
                    annotation=None,
                    value=statement.value,
                    doc=statement.doc,
                    scope=scope,
                )
            case facts.If():
                yield from written_fields(scope, statement.body)
                yield from written_fields(scope, statement.orelse)
            case _:
                continue


def properties(fields: Iterable[Field]) -> Mapping[str, Property]:
    """The `properties` of an object with these fields."""
    return {field.key: property_schema(field) for field in fields if field.key is not None}


def property_schema(field: Field) -> Schema:
    """A field's schema, with what is said of the field itself."""
    reading = field.reading
    if field.default is not None and field.default.value is None:
        reading = optional(reading)  # `name: str = None` is encoded as null all the same.
    schema: dict[str, Property] = dict(reading.schema)
    if field.description is not None:
        schema["description"] = field.description
    if field.default is not None:
        schema["default"] = field.default.value
    if field.is_output:
        schema["readOnly"] = True
    return schema


def object_schema(
    doc: str | None,
    fields: Iterable[Field],
    *,
    tag: tuple[str, Schema] | None = None,
    is_closed: bool = False,
) -> Schema:
    """An object; `tag` is a member that tells its class."""
    listed = list(fields)
    named: dict[str, Property] = {} if tag is None else {tag[0]: tag[1]}
    required = [field.key for field in listed if field.is_required and field.key is not None]
    schema: dict[str, Property] = {
        **described(doc, "object"),
        "properties": {**named, **properties(listed)},
        "required": [*named, *required],
    }
    if is_closed and all(field.key is not None for field in listed):
        schema["additionalProperties"] = False
    return schema


def array_schema(
    doc: str | None, fields: Iterable[Field], *, tag: Schema | None = None, is_open: bool = False
) -> Schema:
    """An array whose items are the fields in order; `is_open` where more may follow."""
    listed = list(fields)
    first = [] if tag is None else [tag]
    required = [index for index, field in enumerate(listed, 1) if field.is_required]
    schema = row(
        [*first, *(property_schema(field) for field in listed)],
        len(first) + max(required, default=0),
    )
    if is_open:
        del schema["items"], schema["maxItems"]
    return {**described(doc, "array"), **schema}


def described(doc: str | None, kind: str) -> dict[str, Property]:
    return {"type": kind} if doc is None else {"type": kind, "description": doc}
