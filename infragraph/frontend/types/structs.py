"""msgspec's structs: renamed fields, tags, arrays, and what is left out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from infragraph.frontend.types.constraints import metadata_call
from infragraph.frontend.types.fields import (
    Field,
    Rename,
    Written,
    array_schema,
    object_schema,
    undecided,
)
from infragraph.frontend.types.names import LibraryTarget, target
from infragraph.frontend.types.schema import TEXT, Schema, enumeration
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.types.shape import Shape, Source, collected, keywords
from infragraph.model import facts
from infragraph.model.graph import Property


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options of a struct, its own and those inherited; `tag` is the schema of its tag."""

    rename: Rename | None
    tag: Schema | None
    tag_field: str
    array_like: bool
    is_closed: bool


def shape(source: Source) -> Shape:
    settings = _settings(source)
    fields = collected(
        source,
        lambda _ancestor: True,
        lambda written, _of: _field(source, settings, written),
    )
    if settings.array_like:
        schema = array_schema(source.doc, fields, tag=settings.tag, is_open=not settings.is_closed)
        return Shape(schema=schema, fields=fields)
    tag = None if settings.tag is None else (settings.tag_field, settings.tag)
    schema = object_schema(source.doc, fields, tag=tag, is_closed=settings.is_closed)
    return Shape(schema=schema, fields=fields)


def _settings(source: Source) -> Settings:
    options: dict[str, tuple[Scope, facts.Expression]] = {}
    for ancestor, keyword in keywords(source):
        given = source.constant(ancestor.scope, keyword.value)
        is_unset = (
            given is not None and given.value is None and keyword.name in {"tag", "tag_field"}
        )
        if keyword.name is not None and not is_unset:
            options[keyword.name] = (ancestor.scope, keyword.value)

    def flag(name: str) -> bool:
        return name in options and source.flag(*options[name])

    tag_field = source.constant(*options["tag_field"]) if "tag_field" in options else None
    named = tag_field.value if tag_field is not None else None
    return Settings(
        rename=_rename(source, *options["rename"]) if "rename" in options else None,
        tag=_tag(source, options),
        tag_field=named if isinstance(named, str) else "type",
        array_like=flag("array_like"),
        is_closed=flag("forbid_unknown_fields"),
    )


def _tag(source: Source, options: Mapping[str, tuple[Scope, facts.Expression]]) -> Schema | None:
    """The tag of the class itself: a name, a number, or the class's name."""
    own = source.of.definition.name
    if "tag" not in options:
        return enumeration([own]) if "tag_field" in options else None
    scope, expression = options["tag"]
    given = source.constant(scope, expression)
    if given is None:
        change = _function(source, scope, expression)
        return TEXT if change is None else enumeration([change(own)])
    match given.value:
        case False:
            return None
        case True:
            return enumeration([own])
        case str() | int() as value:
            return enumeration([value])
        case _:
            return TEXT


def _rename(source: Source, scope: Scope, expression: facts.Expression) -> Rename | None:
    given = source.constant(scope, expression)
    if given is None:
        change = _function(source, scope, expression)
        if change is None:
            detail = "a function makes its names"
            source.reader.fault(scope, expression, detail, "undecided")
        return change or undecided
    match given.value:
        case str() as style:
            return STYLES.get(style)
        case Mapping() as names:
            return _by_table(names)
        case _:
            return None


def _by_table(names: Mapping[str, Property]) -> Callable[[str], str]:
    table = {key: value for key, value in names.items() if isinstance(value, str)}
    return lambda name: table.get(name, name)


def _function(
    source: Source, scope: Scope, expression: facts.Expression
) -> Callable[[str], str] | None:
    found = target(source.reader.machine, scope, expression)
    return FUNCTIONS.get(found.path) if isinstance(found, LibraryTarget) else None


def _camel(name: str) -> str:
    bare = name.lstrip("_")
    first, *rest = bare.split("_")
    return "_" * (len(name) - len(bare)) + first + "".join(part.title() for part in rest)


def _pascal(name: str) -> str:
    bare = name.lstrip("_")
    words = "".join(part.title() for part in bare.split("_"))
    return "_" * (len(name) - len(bare)) + words


STYLES: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "camel": _camel,
    "pascal": _pascal,
    "kebab": lambda name: name.strip("_").replace("_", "-"),
}

FUNCTIONS: Mapping[str, Callable[[str], str]] = {
    "str.lower": str.lower,
    "str.upper": str.upper,
    "str.title": str.title,
    "str.capitalize": str.capitalize,
}
"""Functions of the standard library that are known to change a name."""


def _field(source: Source, settings: Settings, written: Written) -> Field | None:
    if written.annotation is None:
        return None
    scope, value = written.scope, written.value
    reading = source.reader.read(scope, written.annotation)
    if "class-variable" in reading.qualifiers:
        return None
    name = written.name
    key = name if settings.rename is None else settings.rename(name)
    made = Field(
        name=name,
        key=key,
        reading=reading,
        is_required=value is None and not reading.may_be_unset,
        default=source.constant(scope, value),
        description=written.doc,
    )
    call = None if value is None else metadata_call(source.reader.machine, scope, value)
    if call is None or call.path != "msgspec.field":
        return made
    default, factory = call.argument("default"), call.argument("default_factory")
    given = source.constant(call.scope, call.argument("name"))
    return replace(
        made,
        key=given.value if given is not None and isinstance(given.value, str) else key,
        is_required=default is None and factory is None,
        default=source.constant(call.scope, default) or source.made(call.scope, factory),
    )
