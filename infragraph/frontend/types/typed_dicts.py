"""Typed dicts: totality, and members that say for themselves whether they are required."""

from infragraph.frontend.types.fields import Field, Written, object_schema
from infragraph.frontend.types.lineage import Ancestor
from infragraph.frontend.types.shape import Shape, Source, collected


def shape(source: Source) -> Shape:
    fields = collected(
        source, lambda _ancestor: True, lambda written, of: _field(source, written, of)
    )
    own = source.ancestors[-1]
    is_closed = source.flag(own.scope, own.option("closed"))
    return Shape(schema=object_schema(source.doc, fields, is_closed=is_closed), fields=fields)


def _field(source: Source, written: Written, ancestor: Ancestor) -> Field | None:
    if written.annotation is None:
        return None
    reading = source.reader.read(written.scope, written.annotation)
    stated = source.constant(ancestor.scope, ancestor.option("total"))
    is_required = stated is None or stated.value is not False
    if "required" in reading.qualifiers:
        is_required = True
    if "not-required" in reading.qualifiers:
        is_required = False
    return Field(
        name=written.name,
        key=written.name,
        reading=reading,
        is_required=is_required,
        description=written.doc,
    )
