"""Dataclasses, of the standard library and of pydantic."""

from infragraph.frontend.types.constraints import constraints, described, metadata_call, narrowed
from infragraph.frontend.types.fields import Field, Written, object_schema
from infragraph.frontend.types.forms import DATACLASSES, decorated
from infragraph.frontend.types.lineage import Ancestor
from infragraph.frontend.types.mangling import mangled
from infragraph.frontend.types.names import LibraryTarget, target
from infragraph.frontend.types.shape import Shape, Source, collected

FIELDS = frozenset({"dataclasses.field", "pydantic.Field"})


def shape(source: Source) -> Shape:
    def belongs(ancestor: Ancestor) -> bool:
        decoration = decorated(source.reader.machine, ancestor.of)
        return decoration is not None and decoration.path in DATACLASSES

    fields = collected(source, belongs, lambda written, of: _field(source, written, of))
    return Shape(schema=object_schema(source.doc, fields), fields=fields)


def _field(source: Source, written: Written, ancestor: Ancestor) -> Field | None:
    if written.annotation is None:
        return None
    scope = written.scope
    marker = target(source.reader.machine, scope, written.annotation)
    if isinstance(marker, LibraryTarget) and marker.path == "dataclasses.KW_ONLY":
        return None
    reading = source.reader.read(scope, written.annotation)
    if reading.qualifiers & {"class-variable", "init-only"}:
        return None
    value, name = written.value, mangled(written.name, ancestor.of)
    call = None if value is None else metadata_call(source.reader.machine, scope, value)
    if value is None or call is None or call.path not in FIELDS:
        return Field(
            name=written.name,
            key=name,
            reading=reading,
            is_required=value is None,
            default=source.constant(scope, value),
            description=written.doc,
        )
    default = call.argument("default")
    if default is None and call.path == "pydantic.Field" and call.call.arguments:
        default = call.call.arguments[0]
    factory = call.argument("default_factory")
    init = source.constant(call.scope, call.argument("init"))
    is_set = init is None or init.value is not False
    # A plain default of a field outside of `__init__` stays in the class: objects do not hold it.
    return Field(
        name=written.name,
        key=name,
        reading=narrowed(reading, constraints(source.reader.machine, call)),
        is_required=is_set and default is None and factory is None,
        default=source.constant(call.scope, default) or source.made(call.scope, factory),
        description=described(source.reader.machine, call) or written.doc,
    )
