"""Imports: what names they bind, and what a module offers when its body has run."""

from functools import lru_cache

from infragraph.frontend.frame import Frame
from infragraph.frontend.module_names import module_attribute, named_module
from infragraph.frontend.ordering import ordered
from infragraph.frontend.values import (
    NOTHING,
    ConstantValue,
    Container,
    LibraryValue,
    ModuleValue,
    Opaque,
    TupleValue,
    Value,
    Values,
)
from infragraph.model import facts


def execute_import(frame: Frame, node: facts.Import) -> None:
    """`import a.b` binds `a`; `import a.b as c` binds the module itself."""
    for name in node.names:
        _load(frame, name.name)
        if name.bound is not None:
            frame.bind(name.bound, named_module(frame.machine, name.name))
        else:
            top = name.name.partition(".")[0]
            frame.bind(top, named_module(frame.machine, top))


def _load(frame: Frame, name: str) -> None:
    """Run a module and the packages above it, as an import does."""
    machine = frame.machine
    for prefix in _prefixes(name):
        if prefix in machine.program.modules:
            if not frame.is_typing:
                machine.note_import(frame.module.name, prefix)
            machine.module(prefix)


@lru_cache(maxsize=4096)
def _prefixes(name: str) -> tuple[str, ...]:
    """A dotted name with those of the packages above it, the outermost first."""
    parts = name.split(".")
    return tuple(".".join(parts[:count]) for count in range(1, len(parts) + 1))


def execute_import_from(frame: Frame, node: facts.ImportFrom) -> None:
    machine = frame.machine
    source = machine.program.absolute(frame.module, node.module, node.level)
    if source is None:
        machine.misplaced[frame.place(node.at)] = "." * node.level + node.module
        for name in node.names:
            if name.name != "*":
                frame.bind(name.bound or name.name, NOTHING)
        return
    _load(frame, source)
    for name in node.names:
        if name.name == "*":
            _star(frame, source)
        else:
            frame.bind(name.bound or name.name, _imported(frame, source, name))


def _imported(frame: Frame, source: str, name: facts.ImportedName) -> Values:
    machine = frame.machine
    if not machine.program.holds(source):
        for library in machine.libraries:
            found = library.attribute(frame, LibraryValue(source), name.name, frame.place(name.at))
            if found is not None:
                return found
        return frozenset((LibraryValue(f"{source}.{name.name}"),))
    found = module_attribute(machine, ModuleValue(source), name.name)
    if found:
        if not frame.is_typing and machine.program.holds(f"{source}.{name.name}"):
            machine.note_import(frame.module.name, f"{source}.{name.name}")
        return found
    stars = machine.read(("star", source))
    if stars:
        return stars
    if machine.read(("global", source, "__getattr__")):
        reason = f"the module '{source}' makes its names in __getattr__"
        place = frame.place(name.at)
        return frozenset((Opaque(reason, place, is_tracked=True, is_broad=True),))
    return NOTHING


def _star(frame: Frame, source: str) -> None:
    """`from source import *`: the names of `__all__`, else those without a leading underscore."""
    machine = frame.machine
    if source not in machine.program.modules:
        machine.demand(source)
        public = NO_NAMES
        for library in machine.libraries:
            public |= library.names(source) or NO_NAMES
        for name in sorted(public):
            at = frame.statement.at if frame.statement is not None else None
            if at is not None:
                frame.bind(name, _imported(frame, source, facts.ImportedName(name, None, at)))
        if not public:
            reason = f"it may come from '{source}', all of whose names are imported"
            machine.write(("star", frame.module.name), frozenset((Opaque(reason),)))
        return
    for name in sorted(public_names(frame, source)):
        values = module_attribute(machine, ModuleValue(source), name)
        if values:
            frame.bind(name, values)
    if machine.read(("star", source)):
        machine.write(("star", frame.module.name), machine.read(("star", source)))


NO_NAMES: frozenset[str] = frozenset()


def public_names(frame: Frame, source: str) -> frozenset[str]:
    """What a star import of one of the application's modules binds."""
    machine = frame.machine
    listed = machine.read(("global", source, "__all__"))
    texts: set[str] = set()
    for value in ordered(listed):
        match value:
            case TupleValue():
                held = value.rest.union(*value.elements)
            case Container():
                held = machine.read(("item", value, None))
            case _:
                held = NOTHING
        texts.update(
            v.value for v in held if isinstance(v, ConstantValue) and isinstance(v.value, str)
        )
    if listed:
        return frozenset(texts)
    names = machine.read(("names", source))
    return frozenset(
        value.value
        for value in names
        if isinstance(value, ConstantValue)
        and isinstance(value.value, str)
        and not value.value.startswith("_")
    )


def publish(frame: Frame) -> None:
    """Offer what a module's body has bound to the others."""
    machine = frame.machine
    module = frame.module.name
    names: set[Value] = set()
    for name, values in frame.state.names.items():
        if frame.published.get(name) is not values:
            frame.published[name] = values
            machine.write(("global", module, name), values)
            names.add(ConstantValue(name, "str"))
    if names:
        machine.write(("names", module), frozenset(names))
