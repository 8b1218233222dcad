"""Definitions: `def` and `class`, with their decorators."""

from collections.abc import Mapping

from infragraph.frontend import calls, classes, objects
from infragraph.frontend.evaluation import evaluate, resolve
from infragraph.frontend.execution import execute
from infragraph.frontend.frame import Frame
from infragraph.frontend.functions import made_function, qualified
from infragraph.frontend.library import Argument
from infragraph.frontend.module_names import demand
from infragraph.frontend.state import State
from infragraph.frontend.values import (
    CALLABLE,
    NOTHING,
    BoundMethod,
    ClassValue,
    Container,
    Declared,
    FunctionValue,
    Instance,
    Member,
    Opaque,
    Place,
    Values,
)
from infragraph.model import facts

KEPT = (*CALLABLE, ClassValue, Container, Declared, Instance, Member)
"""What a decorator that was not read is taken to give back."""


def define_function(frame: Frame, node: facts.Function) -> None:
    """Bind a function's name to what its decorators make of it."""
    function = frozenset((made_function(frame, node),))
    frame.bind(node.name, _decorated(frame, node.decorators, function))


def define_class(frame: Frame, node: facts.Class) -> None:
    """Run the body of a class, and bind its name to what its decorators make of it."""
    machine = frame.machine
    of = _made_class(frame, node)
    for index, base in enumerate(node.bases):
        above = evaluate(frame, base)
        demand(machine, above)
        machine.write(("base", of, index), above)
    names = _body_names(frame, of)
    for name, values in names.items():
        machine.write(("class", of, name), values)
    machine.write(("members", of), NOTHING.union(*names.values()))
    given = tuple(
        Argument(evaluate(frame, keyword.value), frame.place(keyword.at), name=keyword.name)
        for keyword in node.keywords
    )
    objects.note_names(frame, of, names)
    _note_subclass(frame, of, given)
    values = _decorated(frame, node.decorators, frozenset((of,)))
    frame.bind(node.name, values)


def _made_class(frame: Frame, node: facts.Class) -> ClassValue:
    """The class of this definition, the same however often it runs in one activation."""
    machine = frame.machine
    outer = frame.activation.code
    closure = None if outer is None else frame.activation
    key = (frame.module.name, node.at, closure)
    of = machine.classes.get(key)
    if of is None:
        of = ClassValue(frame.module, node, qualified(frame, node.name), closure)
        machine.classes[key] = of
    return of


def _body_names(frame: Frame, of: ClassValue) -> Mapping[str, Values]:
    """The names that the body of a class binds."""
    inner = Frame(
        frame.machine,
        frame.activation,
        State(writes=frame.state.writes),
        frame.steps,
        body_class=of,
        placement="class" if frame.placement in {"module", "class"} else frame.placement,
        branch=frame.branch,
        is_quiet=frame.is_quiet,
        outer=frame,
    )
    execute(inner, of.definition.body)
    return inner.state.names


def _note_subclass(frame: Frame, of: ClassValue, given: tuple[Argument, ...]) -> None:
    """Run what the bases of a new class do about each class that derives from them."""
    for above in classes.resolution_order(frame.machine, of)[1:]:
        frame.machine.write(("subclasses", above), frozenset((of,)))
    found = classes.after(frame.machine, of, of, "__init_subclass__")
    if found is None:
        return
    place = Place(of.module.path, of.definition.name_at)
    hooks = frozenset(
        BoundMethod(of, value) if isinstance(value, FunctionValue) else value for value in found[1]
    )
    options = tuple(argument for argument in given if argument.name != "metaclass")
    calls.call(frame, hooks, options, place)


def _decorated(frame: Frame, decorators: tuple[facts.Expression, ...], values: Values) -> Values:
    """What a definition's name is bound to, its decorators applied from the lowest up."""
    for decorator in reversed(decorators):
        place = frame.place(decorator.at)
        argument = Argument(values, place)
        result = calls.decorate(frame, resolve(frame, decorator), argument, place)
        if any(isinstance(value, KEPT) for value in result):
            values = frozenset(value for value in result if not isinstance(value, Opaque))
    return values
