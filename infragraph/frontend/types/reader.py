"""Reading an annotation: each form of expression, and what a name in it stands for."""

from dataclasses import dataclass, field, replace

from infragraph.frontend.extract import parse_expression
from infragraph.frontend.machine import Machine
from infragraph.frontend.types import library, plain
from infragraph.frontend.types.ancestry import class_type, listed
from infragraph.frontend.types.calls import Use, called
from infragraph.frontend.types.forms import form_of
from infragraph.frontend.types.labels import label
from infragraph.frontend.types.names import (
    AssignedTarget,
    ClassTarget,
    FunctionTarget,
    LibraryTarget,
    MissingTarget,
    ModuleTarget,
    ParameterTarget,
    Target,
    target,
)
from infragraph.frontend.types.parameters import TypeParameter, type_parameters, variables
from infragraph.frontend.types.reading import (
    ANYTHING,
    NOTHING,
    Definition,
    Named,
    Reading,
    union,
    unknown,
)
from infragraph.frontend.types.schema import alternatives, any_of, reference
from infragraph.frontend.types.scope import FaultKind, Scope
from infragraph.frontend.values import ClassValue
from infragraph.frontend.writing import written
from infragraph.model import facts
from infragraph.model.source import SourceSpan
from infragraph.model.types import UnknownType

DEPTH_LIMIT = 40
"""Types inside types in one annotation, aliases counted in."""

NAME_LIMIT = 400
"""Characters of a specialised class's name: `Node[list[T]]` in `Node[T]` would add for ever."""


@dataclass(eq=False, slots=True)
class Reader:
    """Reads annotations; what one application's types have in common is read once.

    `open` are the aliases that are being read, each with whether it has mentioned itself.
    """

    machine: Machine
    definitions: dict[str, Definition] = field(default_factory=dict[str, Definition])
    open: dict[str, bool] = field(default_factory=dict[str, bool])
    depth: int = 0

    def read(self, scope: Scope, expression: facts.Expression) -> Reading:
        """The reading of an annotation; what is wrong with it is left in the scope's unit."""
        if not scope.unit.spend():
            detail = "it is too large to be read"
            if not scope.unit.is_told:
                scope.unit.is_told = True
                return self.fault(scope, expression, detail)
            return unknown(detail)
        if self.depth >= DEPTH_LIMIT:
            return self.fault(scope, expression, "it nests too deep to be read")
        self.depth += 1
        try:
            return self._read(scope, expression)
        finally:
            self.depth -= 1

    def fault(
        self,
        scope: Scope,
        expression: facts.Expression,
        detail: str,
        kind: FaultKind = "unsupported",
        package: str = "",
    ) -> Reading:
        """What stands for a type that cannot be read, once that is noted."""
        scope.fault(kind, written(expression), detail, expression.at, package)
        return unknown(detail)

    def _read(  # noqa: PLR0911 - a line per form
        self, scope: Scope, expression: facts.Expression
    ) -> Reading:
        match expression:
            case facts.Constant(value=None) if not expression.is_ellipsis:
                return NOTHING
            case facts.Constant(value=str(text)):
                parsed = parse_expression(text, expression.at)
                if parsed is None:
                    return self.fault(scope, expression, "this text is no type")
                return self.read(scope, parsed)
            case facts.Name() | facts.Attribute():
                found = target(self.machine, scope, expression)
                return self._named(scope, found, expression, expression, ())
            case facts.Subscript():
                found = target(self.machine, scope, expression.value)
                arguments = listed(expression.index)
                return self._named(scope, found, expression, expression.value, arguments)
            case facts.Binary(operator="|"):
                return union(self.read(scope, part) for part in _alternatives(expression))
            case facts.Call():
                return called(self, scope, expression)
            case _:
                return self.fault(scope, expression, "this is no type")

    def _named(  # noqa: PLR0911 - a line per sort of name
        self,
        scope: Scope,
        found: Target | None,
        expression: facts.Expression,
        name: facts.Expression,
        arguments: tuple[facts.Expression, ...],
    ) -> Reading:
        """A name, with type arguments where there are some."""
        match found:
            case ClassTarget(of=of):
                return self.mention(scope, of, expression, arguments)
            case LibraryTarget(path=path):
                return library.reading(self, scope, path, expression, arguments)
            case AssignedTarget():
                return self._assigned(scope, found, expression, arguments)
            case ParameterTarget(name=key):
                return self.given(scope, TypeParameter(key=key), expression)
            case MissingTarget(kind=kind, detail=detail):
                return self.fault(scope, name, detail, kind)
            case ModuleTarget():
                return self.fault(scope, name, "it is a module, not a type")
            case FunctionTarget():
                return self.fault(scope, name, "it is a function, not a type")
            case None:
                return self.fault(scope, name, "this is no type")

    # --- classes ---------------------------------------------------------------------------------

    def mention(
        self,
        scope: Scope,
        of: ClassValue,
        expression: facts.Expression,
        arguments: tuple[facts.Expression, ...] = (),
    ) -> Reading:
        """A class of the application: a reference to its definition, which is read later."""
        form = form_of(self.machine, of)
        if form is None:
            return plain.reading(self, scope, of, expression)
        given = self.arguments(scope, of, expression, arguments)
        types = tuple(argument.type for argument in given)
        name = label(of.symbol, given)
        if len(name) > NAME_LIMIT:
            return self.fault(scope, expression, "its type arguments nest without end")
        named = Named(name=name, of=of, arguments=given)
        self.refer(scope, named, expression)
        return Reading(
            type=class_type(self.machine, of, types),
            schema=reference(name),
            is_scalar=form == "enum",
            members=(named,),
            references=(named,),
        )

    def refer(self, scope: Scope, named: Named, expression: facts.Expression) -> None:
        scope.unit.references.setdefault(named.name, (named, scope.span(expression.at)))

    def arguments(
        self,
        scope: Scope,
        of: ClassValue,
        expression: facts.Expression,
        written_arguments: tuple[facts.Expression, ...],
    ) -> tuple[Reading, ...]:
        """What a class's parameters are here; nothing where none is given."""
        if not written_arguments:
            return ()
        parameters = type_parameters(self.machine, of)
        given = [self.read(scope, argument) for argument in written_arguments]
        rest = parameters[len(given) :]
        given.extend(self.given(scope, parameter, expression) for parameter in rest)
        return tuple(given[: len(parameters)])

    def given(
        self, scope: Scope, parameter: TypeParameter, expression: facts.Expression
    ) -> Reading:
        """What a type parameter stands for here, else all that it may be."""
        known = scope.parameters.get(parameter.key)
        if known is not None:
            for named in known.references:
                self.refer(scope, named, expression)
            return known
        call, inner = parameter.call, parameter.scope
        if call is None or inner is None:
            return ANYTHING
        for option in ("default", "bound"):
            for keyword in call.keywords:
                if keyword.name == option:
                    return self.read(replace(inner, unit=scope.unit), keyword.value)
        if len(call.arguments) > 1:
            inner = replace(inner, unit=scope.unit)
            return union(self.read(inner, argument) for argument in call.arguments[1:])
        return ANYTHING

    # --- aliases ---------------------------------------------------------------------------------

    def _assigned(
        self,
        scope: Scope,
        found: AssignedTarget,
        expression: facts.Expression,
        arguments: tuple[facts.Expression, ...],
    ) -> Reading:
        """A name that is bound to a type; one that mentions itself gets a definition."""
        given = tuple(self.read(scope, argument) for argument in arguments)
        inner = scope.elsewhere(
            found.module, expression.at, owner=found.owner, closure=found.closure
        )
        if isinstance(found.expression, facts.Call):
            use = Use(symbol=found.symbol, given=given, scope=scope, expression=expression)
            return called(self, inner, found.expression, use)
        parameters = found.parameters or tuple(
            dict.fromkeys(
                parameter.key
                for parameter in variables(self.machine, inner, found.expression)
                if arguments
            )
        )
        known = dict.fromkeys(found.parameters, ANYTHING)
        known.update(zip(parameters, given, strict=False))
        return self.alias(
            replace(inner, parameters=known),
            label(found.symbol, given),
            found.expression,
            scope.span(expression.at),
        )

    def alias(
        self,
        inner: Scope,
        name: str,
        expression: facts.Expression,
        site: SourceSpan | None,
    ) -> Reading:
        """The type that an alias stands for, read in its own scope."""
        named = Named(name=name, of=None)
        own = Reading(
            type=UnknownType(reason="it mentions itself"),
            schema=reference(name),
            references=(named,),
        )
        if name in self.open:
            self.open[name] = True
            return own
        self.open[name] = False
        read = self.read(inner, expression)
        if not self.open.pop(name):
            return read
        parts = [part for part in alternatives(read.schema) if part != own.schema]
        if not parts:
            return self.fault(inner, expression, "it stands for nothing but itself")
        read = replace(read, schema=any_of(parts))
        span = SourceSpan.at(inner.module.path, expression.at)
        place = None if inner.module.is_library else span
        references = {inside.name: (inside, place) for inside in read.references}
        self.definitions[name] = Definition(schema=read.schema, span=span, references=references)
        inner.unit.references.setdefault(name, (named, site))
        return replace(read, schema=own.schema, references=(named, *read.references))


def _alternatives(expression: facts.Binary) -> list[facts.Expression]:
    """The parts of `A | B | C` in order, which the parser nests to the left."""
    parts: list[facts.Expression] = []
    current: facts.Expression = expression
    while isinstance(current, facts.Binary) and current.operator == "|":
        parts.append(current.right)
        current = current.left
    return [current, *reversed(parts)]


__all__ = ["Reader"]
