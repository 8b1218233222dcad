"""Classes of attrs, old and new."""

from infragraph.frontend.types.constants import Constant
from infragraph.frontend.types.constraints import metadata_call
from infragraph.frontend.types.fields import Field, Written, object_schema, written_fields
from infragraph.frontend.types.forms import ATTRS, Decoration, decorated
from infragraph.frontend.types.lineage import Ancestor
from infragraph.frontend.types.reading import ANYTHING, Call
from infragraph.frontend.types.shape import Shape, Source, collected
from infragraph.model import facts


def shape(source: Source) -> Shape:
    takes = {
        ancestor.of: _takes_annotations(source, ancestor, decoration)
        for ancestor in source.ancestors
        if (decoration := decorated(source.reader.machine, ancestor.of)) is not None
        and decoration.path in ATTRS
    }
    fields = collected(
        source,
        lambda ancestor: ancestor.of in takes,
        lambda written, ancestor: _field(source, written, takes_annotations=takes[ancestor.of]),
    )
    return Shape(schema=object_schema(source.doc, fields), fields=fields)


def _field(source: Source, written: Written, *, takes_annotations: bool) -> Field | None:
    # msgspec leaves out what starts with an underscore, under which attrs keeps what is private.
    if written.name.startswith("_"):
        return None
    call = _call(source, written)
    annotation = written.annotation
    if call is None and (annotation is None or not takes_annotations):
        return None
    if annotation is None and call is not None:
        annotation = call.argument("type")
    reading = ANYTHING
    if annotation is not None:
        reading = source.reader.read(written.scope, annotation)
    if reading.qualifiers & {"class-variable"}:
        return None
    is_required, default = _default(source, written, call)
    return Field(
        name=written.name,
        key=written.name,
        reading=reading,
        is_required=is_required,
        default=default,
        description=written.doc,
    )


def _call(source: Source, written: Written) -> Call | None:
    if written.value is None:
        return None
    call = metadata_call(source.reader.machine, written.scope, written.value)
    return call if call is not None and call.path == "attrs.field" else None


def _takes_annotations(source: Source, ancestor: Ancestor, decoration: Decoration) -> bool:
    """Whether annotations alone make fields: always, never, or where no field is made by a call."""
    stated = _stated(source, ancestor, decoration)
    if stated is not None:
        return stated
    if decoration.path == "attrs.attrs":
        return False
    return not any(
        written.annotation is None and _call(source, written) is not None
        for written in written_fields(ancestor.scope, ancestor.of.definition.body)
    )


def _stated(source: Source, ancestor: Ancestor, decoration: Decoration) -> bool | None:
    found = source.constant(ancestor.scope, decoration.option("auto_attribs"))
    if found is None or not isinstance(found.value, bool):
        return True if decoration.path in {"attrs.dataclass", "attrs.make_class"} else None
    return found.value


def _default(source: Source, written: Written, call: Call | None) -> tuple[bool, Constant | None]:
    """Whether the field must be given, and its default where that is constant."""
    if call is None:
        value = written.value
        return value is None, _value(source, written, value)
    factory = call.argument("factory")
    default = call.argument("default")
    if default is None and call.call.arguments:
        default = call.call.arguments[0]
    made = _value(source, written, default) or source.made(call.scope, factory)
    is_decorated = _has_default_method(written)
    return default is None and factory is None and not is_decorated, made


def _value(source: Source, written: Written, value: facts.Expression | None) -> Constant | None:
    """A default as written, or what `Factory(list)` makes."""
    if value is None:
        return None
    call = metadata_call(source.reader.machine, written.scope, value)
    if call is not None and call.path == "attrs.Factory" and call.call.arguments:
        return source.made(call.scope, call.call.arguments[0])
    return source.constant(written.scope, value)


def _has_default_method(written: Written) -> bool:
    """Whether a method under `@name.default` gives the default."""
    owner = written.scope.owner
    return owner is not None and any(
        isinstance(decorator, facts.Attribute)
        and decorator.name == "default"
        and isinstance(decorator.value, facts.Name)
        and decorator.value.id == written.name
        for statement in owner.definition.body
        if isinstance(statement, facts.Function)
        for decorator in statement.decorators
    )
