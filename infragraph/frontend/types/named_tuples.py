"""Named tuples, which msgspec and pydantic encode as the arrays that tuples are."""

from infragraph.frontend.types.ancestry import bases
from infragraph.frontend.types.fields import Field, Written, array_schema
from infragraph.frontend.types.lineage import Ancestor
from infragraph.frontend.types.shape import Shape, Source, collected


def shape(source: Source) -> Shape:
    def belongs(ancestor: Ancestor) -> bool:
        """Only the class that names `NamedTuple` itself has fields; one below adds none."""
        above = bases(source.reader.machine, ancestor.of)
        return any(base.path == "typing.NamedTuple" for base in above)

    fields = collected(source, belongs, lambda written, _of: _field(source, written))
    return Shape(schema=array_schema(source.doc, fields), fields=fields)


def _field(source: Source, written: Written) -> Field | None:
    if written.annotation is None:
        return None
    return Field(
        name=written.name,
        key=written.name,
        reading=source.reader.read(written.scope, written.annotation),
        is_required=written.value is None,
        default=source.constant(written.scope, written.value),
        description=written.doc,
    )
