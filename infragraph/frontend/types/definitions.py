"""Definitions: a named type's schema, its fields and what is wrong with it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from infragraph.frontend.types import (
    attrs_classes,
    dataclasses,
    enums,
    models,
    named_tuples,
    structs,
    typed_dicts,
)
from infragraph.frontend.types.ancestry import library_bases
from infragraph.frontend.types.forms import Form, form_of
from infragraph.frontend.types.lineage import lineage
from infragraph.frontend.types.reading import Definition, Named
from infragraph.frontend.types.scope import Codec, Unit
from infragraph.frontend.types.shape import Shape, Source
from infragraph.frontend.values import ClassValue
from infragraph.model.source import SourceSpan

if TYPE_CHECKING:
    from infragraph.frontend.types.reader import Reader


def definition(reader: "Reader", named: Named) -> Definition:
    """The definition behind a reference, read where it is not known yet."""
    known = reader.definitions.get(named.name)
    if known is None and named.of is not None:
        known = _read(reader, named, named.of)
        reader.definitions[named.name] = known
    assert known is not None, "an alias is defined where it is met"
    return known


def _read(reader: "Reader", named: Named, of: ClassValue) -> Definition:
    form = form_of(reader.machine, of)
    assert form is not None, "a class without a form is never named"
    unit = Unit()
    codec: Codec = "pydantic" if form in {"model", "root-model"} else "msgspec"
    ancestors = lineage(reader, of, named.arguments, unit, codec)
    shape = SHAPES[form](Source(reader=reader, of=of, ancestors=ancestors))
    _, is_open = library_bases(reader.machine, of)
    return Definition(
        schema=shape.schema,
        span=SourceSpan.at(of.module.path, of.definition.name_at),
        fields={field.name: field.reading.type for field in shape.fields},
        is_complete=not is_open and not shape.is_extensible,
        attributes=frozenset(f.name for f in shape.fields if f.reading.marker == "attribute"),
        faults=tuple(unit.faults),
        references=unit.references,
    )


SHAPES: Mapping[Form, Callable[[Source], Shape]] = {
    "attrs": attrs_classes.shape,
    "dataclass": dataclasses.shape,
    "enum": enums.shape,
    "model": models.shape,
    "named-tuple": named_tuples.shape,
    "root-model": models.root_shape,
    "struct": structs.shape,
    "typed-dict": typed_dicts.shape,
}
