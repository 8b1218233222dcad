"""pydantic's models, as `model_dump_json(by_alias=True)` encodes them.

Names are the aliases under which a model is written, since it is read by them too. What is computed
is written as well: it is described, but nobody has to send it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from infragraph.frontend.types.aliases import GENERATORS
from infragraph.frontend.types.constraints import constraints, described, metadata_call, narrowed
from infragraph.frontend.types.fields import (
    Field,
    Rename,
    Written,
    object_schema,
    undecided,
    written_fields,
)
from infragraph.frontend.types.lineage import Ancestor
from infragraph.frontend.types.names import LibraryTarget, target
from infragraph.frontend.types.reading import ANYTHING, Call, Reading
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.types.shape import Shape, Source, collected, keywords
from infragraph.model import facts

Config = Mapping[str, tuple[Scope, facts.Expression]]


def shape(source: Source) -> Shape:
    if _serializes_itself(source):
        return Shape(schema={}, is_extensible=True)
    config = _config(source)
    rename = _generator(source, config)
    custom = _custom_serializers(source)
    fields = collected(
        source,
        lambda _ancestor: True,
        lambda written, _of: _field(source, config, rename, custom, written),
    )
    fields = (*fields, *_computed(source, rename))
    extra = source.constant(*config["extra"]) if "extra" in config else None
    return Shape(
        schema=object_schema(
            source.doc, fields, is_closed=extra is not None and extra.value == "forbid"
        ),
        fields=fields,
        is_extensible=extra is not None and extra.value == "allow",
    )


def root_shape(source: Source) -> Shape:
    """A root model is encoded as what it holds."""
    for ancestor in reversed(source.ancestors):
        for written in written_fields(ancestor.scope, ancestor.of.definition.body):
            if written.name == "root" and written.annotation is not None:
                reading = source.reader.read(written.scope, written.annotation)
                return _root(source, _with_metadata(source, reading, written))
        for base in ancestor.of.definition.bases:
            if isinstance(base, facts.Subscript):
                found = target(source.reader.machine, ancestor.scope, base.value)
                if isinstance(found, LibraryTarget) and found.path == "pydantic.RootModel":
                    return _root(source, source.reader.read(ancestor.scope, base.index))
    return _root(source, ANYTHING)


def _root(source: Source, reading: Reading) -> Shape:
    doc = {} if source.doc is None else {"description": source.doc}
    return Shape(schema={**reading.schema, **doc}, is_extensible=not reading.is_scalar)


# --- configuration -------------------------------------------------------------------------------


def _config(source: Source) -> Config:
    """`model_config`, an inner `Config` class, and the class statement's own keywords."""
    found: dict[str, tuple[Scope, facts.Expression]] = {}
    for ancestor in source.ancestors:
        for name, scope, value in _settings(source, ancestor):
            found[name] = (scope, value)
    for ancestor, keyword in keywords(source):
        if keyword.name is not None:
            found[keyword.name] = (ancestor.scope, keyword.value)
    return found


def _settings(source: Source, ancestor: Ancestor) -> Iterator[tuple[str, Scope, facts.Expression]]:
    scope = ancestor.scope
    for statement in ancestor.of.definition.body:
        match statement:
            case facts.Class(name="Config", body=body):
                for inner in body:
                    if isinstance(inner, facts.Assign) and isinstance(inner.targets[0], facts.Name):
                        yield inner.targets[0].id, scope, inner.value
            case facts.Assign(targets=(facts.Name(id="model_config"),), value=value):
                yield from _options(source, scope, value)
            case facts.AnnotatedAssign(target=facts.Name(id="model_config"), value=value):
                if value is not None:
                    yield from _options(source, scope, value)
            case _:
                continue


def _options(
    source: Source, scope: Scope, value: facts.Expression
) -> Iterator[tuple[str, Scope, facts.Expression]]:
    if isinstance(value, facts.Mapping):
        for key, held in zip(value.keys, value.values, strict=True):
            if isinstance(key, facts.Constant) and isinstance(key.value, str):
                yield key.value, scope, held
        return
    call = metadata_call(source.reader.machine, scope, value)
    for keyword in () if call is None else call.call.keywords:
        if keyword.name is not None and call is not None:
            yield keyword.name, call.scope, keyword.value


def _generator(source: Source, config: Config) -> Rename | None:
    """What makes aliases of names."""
    if "alias_generator" not in config:
        return None
    scope, expression = config["alias_generator"]
    call = metadata_call(source.reader.machine, scope, expression)
    if call is not None and call.path == "pydantic.AliasGenerator":
        written = call.argument("serialization_alias") or call.argument("alias")
        if written is None:
            return None
        expression = written
    if isinstance(expression, facts.Constant):
        return None
    found = target(source.reader.machine, scope, expression)
    known = GENERATORS.get(found.path) if isinstance(found, LibraryTarget) else None
    if known is not None:
        return known
    detail = "a function makes its names"
    source.reader.fault(scope, expression, detail, "undecided")
    return undecided


# --- fields --------------------------------------------------------------------------------------


def _field(
    source: Source,
    config: Config,
    rename: Rename | None,
    custom: frozenset[str],
    written: Written,
) -> Field | None:
    if written.annotation is None or written.name.startswith("_") or written.name == "model_config":
        return None
    reading = source.reader.read(written.scope, written.annotation)
    if "class-variable" in reading.qualifiers:
        return None
    if "final" in reading.qualifiers and written.value is not None:
        return None  # pydantic takes a final name with a value for one of the class.
    calls = _calls(source, reading, written)
    if any(source.flag(call.scope, call.argument("exclude")) for call in calls):
        return None
    reading = _with_metadata(source, reading, written)
    if written.name in custom or "*" in custom:
        reading = replace(reading, schema={})
    reading = _as_configured(source, config, reading)
    made = Field(
        name=written.name,
        key=_key(source, rename, written, calls),
        reading=reading,
        is_required=written.value is None,
        default=source.constant(written.scope, written.value),
        description=written.doc,
    )
    for call in calls:
        made = _with_call(source, made, call, is_value=call.call is written.value)
    return made


def _calls(source: Source, reading: Reading, written: Written) -> list[Call]:
    """The `Field(…)`s of a field, that of its value last."""
    calls = [call for call in reading.metadata if call.path == "pydantic.Field"]
    if written.value is not None:
        own = metadata_call(source.reader.machine, written.scope, written.value)
        if own is not None and own.path == "pydantic.Field":
            calls.append(own)
    return calls


def _with_metadata(source: Source, reading: Reading, written: Written) -> Reading:
    """The constraints that the field's value states; those of its annotation are there already."""
    if written.value is None:
        return reading
    own = metadata_call(source.reader.machine, written.scope, written.value)
    return reading if own is None else narrowed(reading, constraints(source.reader.machine, own))


def _with_call(source: Source, made: Field, call: Call, *, is_value: bool) -> Field:
    default = call.argument("default")
    if default is None and call.call.arguments:
        default = call.call.arguments[0]
    if isinstance(default, facts.Constant) and default.is_ellipsis:
        default = None
    factory = call.argument("default_factory")
    description = described(source.reader.machine, call)
    if default is None and factory is None:
        # Without a default of its own the call leaves an assigned one alone.
        return replace(
            made,
            is_required=True if is_value else made.is_required,
            description=description or made.description,
        )
    return replace(
        made,
        is_required=False,
        default=source.constant(call.scope, default) or source.made(call.scope, factory),
        description=description or made.description,
    )


def _key(
    source: Source,
    rename: Rename | None,
    written: Written,
    calls: list[Call],
) -> str | None:
    """The name under which the field is written."""
    for option in ("serialization_alias", "alias"):
        for call in reversed(calls):
            found = source.constant(call.scope, call.argument(option))
            if found is not None and isinstance(found.value, str):
                return found.value
    return written.name if rename is None else rename(written.name)


def _as_configured(source: Source, config: Config, reading: Reading) -> Reading:
    """Time spans are numbers where the model says so."""
    if "ser_json_timedelta" not in config or "duration" not in str(reading.schema):
        return reading
    found = source.constant(*config["ser_json_timedelta"])
    return replace(reading, schema={}) if found is None or found.value != "iso8601" else reading


# --- methods -------------------------------------------------------------------------------------


def _decorators(source: Source) -> Iterator[tuple[Ancestor, facts.Function, str, facts.Expression]]:
    """The methods of the lineage with each decorator's canonical name."""
    for ancestor in source.ancestors:
        for statement in ancestor.of.definition.body:
            if not isinstance(statement, facts.Function):
                continue
            for decorator in statement.decorators:
                callee = decorator.callee if isinstance(decorator, facts.Call) else decorator
                found = target(source.reader.machine, ancestor.scope, callee)
                if isinstance(found, LibraryTarget):
                    yield ancestor, statement, found.path, decorator


def _serializes_itself(source: Source) -> bool:
    return any(path == "pydantic.model_serializer" for _, _, path, _ in _decorators(source))


def _custom_serializers(source: Source) -> frozenset[str]:
    """The fields whose form a method decides, `*` for all."""
    names: set[str] = set()
    for ancestor, _, path, decorator in _decorators(source):
        if path == "pydantic.field_serializer" and isinstance(decorator, facts.Call):
            for argument in decorator.arguments:
                found = source.constant(ancestor.scope, argument)
                if found is not None and isinstance(found.value, str):
                    names.add(found.value)
    return frozenset(names)


def _computed(source: Source, rename: Rename | None) -> tuple[Field, ...]:
    """Properties that are written with the fields."""
    found: dict[str, Field] = {}
    for ancestor, method, path, decorator in _decorators(source):
        if path != "pydantic.computed_field":
            continue
        reading = ANYTHING
        if method.returns is not None:
            reading = source.reader.read(ancestor.scope, method.returns)
        alias = None
        if isinstance(decorator, facts.Call):
            call = Call(path=path, call=decorator, scope=ancestor.scope)
            alias = source.constant(ancestor.scope, call.argument("alias"))
        key = method.name if rename is None else rename(method.name)
        found[method.name] = Field(
            name=method.name,
            key=alias.value if alias is not None and isinstance(alias.value, str) else key,
            reading=reading,
            is_required=False,
            description=method.doc,
            is_output=True,
        )
    return tuple(found.values())
