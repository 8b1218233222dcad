"""Statements: running a body once, with the states of its branches kept apart and joined."""

from collections.abc import Callable
from functools import partial
from typing import Any

from infragraph.frontend import attributes, calls, classes, imports, items, iteration, objects
from infragraph.frontend.activation import Activation
from infragraph.frontend.annotations import completed
from infragraph.frontend.classes import enum_base, library_bases
from infragraph.frontend.elements import elements
from infragraph.frontend.expressions import (
    evaluate,
    handed_back,
    made_function,
    resolve,
    unpacked,
)
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument
from infragraph.frontend.machine import Machine
from infragraph.frontend.module_names import demand
from infragraph.frontend.ordering import ordered
from infragraph.frontend.state import Loop, State
from infragraph.frontend.steps import Raised, Stated
from infragraph.frontend.values import (
    CALLABLE,
    NOTHING,
    UNKNOWN,
    BoundMethod,
    ClassValue,
    ConstantValue,
    Container,
    Declared,
    EnumMember,
    FunctionValue,
    Instance,
    LibraryValue,
    Member,
    Opaque,
    Place,
    TupleValue,
    Value,
    Values,
    literal,
)
from infragraph.model import facts
from infragraph.model.source import Position

PASSES = 3
"""Times a loop's body is run before its state counts as settled; the store carries the rest."""

KEPT = (FunctionValue, ClassValue, Container, Declared, Member)
"""What a decorator that was not read is taken to give back."""


def run(machine: Machine, activation: Activation) -> None:
    """Run an activation: its steps are those of this run, its results go to the store."""
    frame = Frame(machine, activation, State(), [])
    code = activation.code
    if code is None:
        machine.bodies.append(partial(imports.publish, frame))
        execute(frame, activation.module.facts.body)
        machine.bodies.pop()()
    else:
        frame.placement = "function"
        for parameter in code.function.parameters:
            values = machine.read(("parameter", activation, parameter.name))
            frame.bind(parameter.name, values)
        execute(frame, code.function.body)
        machine.add_writes(activation, frame.state.writes)
        for state in frame.exits:
            machine.add_writes(activation, state.writes)
    activation.steps = deduplicated(frame)


def deduplicated(frame: Frame) -> list[Any]:
    """Steps once each: a loop's body runs several times."""
    return list(dict.fromkeys(frame.steps))


def execute(frame: Frame, body: tuple[facts.Statement, ...]) -> None:
    machine = frame.machine
    machine.work.depth += 1
    try:
        for statement in body:
            if frame.state.is_dead:
                _hoist(frame, statement)
                continue
            before, frame.statement = frame.statement, statement
            EXECUTORS[type(statement)](frame, statement)
            frame.statement = before
            for trap in frame.traps:
                trap.merge(frame.state)
            _stated(frame, statement)
    finally:
        machine.work.depth -= 1


def _hoist(_frame: Frame, _statement: facts.Statement) -> None:
    """What stands behind `return` or `raise` never runs."""


def _stated(frame: Frame, statement: facts.Statement) -> None:
    """Record the uses that a comment on this statement, or on its header, states."""
    if not frame.module.uses or isinstance(statement, facts.Function | facts.Class):
        return
    at = statement.at
    body: tuple[facts.Statement, ...] = getattr(statement, "body", ())
    last = max(at.line, body[0].at.line - 1) if body else at.end_line
    header = Position(at.line, at.column, last, at.end_column if last == at.end_line else 1)
    for line in range(at.line, last + 1):
        for relation, target, comment in frame.module.uses.get(line, ()):
            step = Stated(relation, target, frame.place(header), frame.place(comment))
            frame.record(step)


# --- binding -------------------------------------------------------------------------------------


def _assign(frame: Frame, node: facts.Assign) -> None:
    values = evaluate(frame, node.value)
    for target in node.targets:
        bind_target(frame, target, values)


def bind_target(frame: Frame, target: facts.Expression, values: Values) -> None:
    match target:
        case facts.Name():
            frame.bind(target.id, _enum_member(frame, target.id, values))
        case facts.Attribute():
            holders = resolve(frame, target.value)
            attributes.assign(frame, holders, target.name, values)
        case facts.Subscript():
            holders = resolve(frame, target.value)
            index = evaluate(frame, target.index)
            items.set_item(frame, holders, index, values, frame.place(target.at))
        case facts.Sequence():
            parts = unpacked(frame, target.elements, values)
            for element, part in zip(target.elements, parts, strict=True):
                bind_target(frame, element, part)
        case facts.Starred():
            bind_target(frame, target.value, values)
        case _:
            return


def _enum_member(frame: Frame, name: str, values: Values) -> Values:
    of = frame.body_class
    if of is None or name.startswith("_"):
        return values
    base = enum_base(frame.machine, of)
    if base is None or any(isinstance(value, FunctionValue) for value in values):
        return values
    constants = [value for value in values if isinstance(value, ConstantValue)]
    automatic = LibraryValue("enum.auto()") in values
    if automatic and base == "str-enum":
        constants = [literal(name.lower())]
    value = constants[0] if len(constants) == 1 else None
    member = EnumMember(of, name, value, _known_base(base))
    frame.machine.write(("value", member), values)
    frame.machine.write(("members", of), values)
    return frozenset((member,))


def _known_base(base: str) -> Any:
    return base


def _annotated_assign(frame: Frame, node: facts.AnnotatedAssign) -> None:
    if node.value is None:
        return
    values = evaluate(frame, node.value)
    values = completed(frame.machine, frame.module, node.annotation, values)
    bind_target(frame, node.target, values)


def _augmented_assign(frame: Frame, node: facts.AugmentedAssign) -> None:
    stored = evaluate(frame, node.value)
    held = resolve(frame, node.target)
    containers = [value for value in ordered(held) if isinstance(value, Container)]
    if containers:
        for container in containers:
            if container.kind == "dict":
                items.update(frame, container, stored)
            else:
                items.put(frame, container, None, elements(frame.machine, stored))
        return
    joined = facts.Binary(node.operator, node.target, node.value, node.at)
    with frame.quiet():
        values = evaluate(frame, joined)
    bind_target(frame, node.target, values)


def _type_alias(frame: Frame, node: facts.TypeAliasStatement) -> None:
    frame.bind(node.name, UNKNOWN)


def _delete(frame: Frame, node: facts.Delete) -> None:
    for target in node.targets:
        if isinstance(target, facts.Name):
            frame.state.names.pop(target.id, None)
        elif isinstance(target, facts.Subscript):
            items.shift(frame, resolve(frame, target.value))


def _scope(frame: Frame, node: facts.Scope) -> None:
    if frame.activation.code is None and frame.body_class is None:
        return
    (frame.globals if node.kind == "global" else frame.nonlocals).update(node.names)


# --- definitions ---------------------------------------------------------------------------------


def _function(frame: Frame, node: facts.Function) -> None:
    value = made_function(frame, node)
    frame.bind(node.name, decorated(frame, node.decorators, frozenset((value,)), node))


def decorated(
    frame: Frame,
    decorators: tuple[facts.Expression, ...],
    values: Values,
    node: facts.Function | facts.Class,
) -> Values:
    """What a definition's name is bound to, its decorators applied from the lowest up."""
    for decorator in reversed(decorators):
        place = frame.place(decorator.at)
        appliers = resolve(frame, decorator)
        argument = Argument(values, place)
        result = calls.decorate(frame, appliers, argument, place)
        if any(isinstance(value, KEPT) or _is_callable(value) for value in result):
            values = frozenset(value for value in result if not isinstance(value, Opaque))
    del node
    return values


def _is_callable(value: Value) -> bool:
    return isinstance(value, CALLABLE) or type(value).__name__ == "Instance"


def _class(frame: Frame, node: facts.Class) -> None:
    machine = frame.machine
    outer = frame.activation.code
    closure = None if outer is None else frame.activation
    key = (frame.module.name, node.at, closure)
    of = machine.classes.get(key)
    if of is None:
        names = [value.definition.name for value in _enclosing(frame)]
        prefix = [outer.qualname] if outer is not None else []
        qualname = ".".join([*prefix, *names, node.name])
        of = ClassValue(frame.module, node, qualname, closure)
        machine.classes[key] = of
    for index, base in enumerate(node.bases):
        above = evaluate(frame, base)
        demand(machine, above)
        machine.write(("base", of, index), above)
    inner = Frame(machine, frame.activation, State(), frame.steps, outer=frame)
    inner.body_class = of
    inner.placement = "class" if frame.placement in {"module", "class"} else frame.placement
    inner.branch = frame.branch
    inner.is_quiet, inner.is_typing = frame.is_quiet, frame.is_typing
    inner.state.writes = frame.state.writes
    typing, inner.is_typing = inner.is_typing, False
    execute(inner, node.body)
    inner.is_typing = typing
    for name, values in inner.state.names.items():
        machine.write(("class", of, name), values)
        machine.write(("members", of), values)
    given = tuple(
        Argument(evaluate(frame, keyword.value), frame.place(keyword.at), name=keyword.name)
        for keyword in node.keywords
    )
    objects.note_names(frame, of, inner.state.names)
    _note_subclass(frame, of, given)
    values = decorated(frame, node.decorators, frozenset((of,)), node)
    frame.bind(node.name, values)


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


def _enclosing(frame: Frame) -> list[ClassValue]:
    found: list[ClassValue] = []
    current: Frame | None = frame
    while current is not None and current.body_class is not None:
        found.append(current.body_class)
        current = current.outer
    return found[::-1]


# --- control -------------------------------------------------------------------------------------


def _evaluate(frame: Frame, node: facts.Evaluate) -> None:
    evaluate(frame, node.value)


def _return(frame: Frame, node: facts.Return) -> None:
    values = frozenset((literal(None),)) if node.value is None else handed_back(frame, node.value)
    frame.machine.write(("return", frame.activation), values)
    frame.exits.append(frame.state.copy())
    frame.state.is_dead = True


def _raise(frame: Frame, node: facts.Raise) -> None:
    for part in (node.exception, node.cause):
        if part is not None:
            evaluate(frame, part)
    if node.exception is not None:
        _note_error(frame, node.exception)
    for trap in frame.traps:
        trap.merge(frame.state)
    frame.state.is_dead = True


def _note_error(frame: Frame, exception: facts.Expression) -> None:
    raised = exception.callee if isinstance(exception, facts.Call) else exception
    with frame.quiet():
        values = resolve(frame, raised)
    for value in ordered(values):
        if isinstance(value, LibraryValue):
            frame.record(Raised(value.path, frame.place(exception.at)))
        elif isinstance(value, ClassValue):
            for path in sorted(library_bases(frame.machine, value)):
                frame.record(Raised(path, frame.place(exception.at)))


def _assert(frame: Frame, node: facts.Assert) -> None:
    evaluate(frame, node.test)
    if node.message is not None:
        evaluate(frame, node.message)


def _jump(frame: Frame, node: facts.Jump) -> None:
    if node.kind == "pass" or not frame.loops:
        return
    loop = frame.loops[-1]
    (loop.breaks if node.kind == "break" else loop.continues).append(frame.state.copy())
    frame.state.is_dead = True


def _if(frame: Frame, node: facts.If) -> None:
    """An `elif` chain is walked in a loop: it may be longer than the stack is deep."""
    ends: list[State] = []
    arm = 0
    branch = frame.branch
    current = node
    while True:
        kind = _guard(frame, current.test)
        if kind == "typing":
            _typing_only(frame, current.body)
            _orelse(frame, current)
            break
        if kind == "not-typing":
            _typing_only(frame, current.orelse)
            execute(frame, current.body)
            break
        if kind == "main":
            _script(frame, current.body)
            _orelse(frame, current)
            break
        evaluate(frame, current.test)
        before = frame.state.copy()
        frame.branch = (*branch, (node.at, arm))
        execute(frame, current.body)
        ends.append(frame.state)
        frame.state = before
        arm += 1
        if len(current.orelse) == 1 and isinstance(current.orelse[0], facts.If):
            current = current.orelse[0]
            continue
        frame.branch = (*branch, (node.at, arm))
        _orelse(frame, current)
        break
    frame.branch = branch
    for end in ends:
        frame.state.merge(end)


def _orelse(frame: Frame, node: facts.If) -> None:
    execute(frame, node.orelse)


def _guard(frame: Frame, test: facts.Expression) -> str:
    """`typing` for `if TYPE_CHECKING`, `main` for a script's own part, else nothing."""
    if isinstance(test, facts.Unary) and test.operator == "not":
        return "not-typing" if _guard(frame, test.operand) == "typing" else ""
    if isinstance(test, facts.Comparison) and isinstance(test.left, facts.Name):
        is_name = test.left.id == "__name__" and frame.is_module_level
        return "main" if is_name and test.operators == ("==",) else ""
    if isinstance(test, facts.Name) and test.id != "TYPE_CHECKING":
        values = resolve(frame, test)
        return "typing" if values == TYPING else ""
    if isinstance(test, facts.Name | facts.Attribute):
        with frame.quiet():
            values = resolve(frame, test)
        return "typing" if values and values <= TYPING_NAMES else ""
    return ""


TYPING_NAMES: Values = frozenset(
    LibraryValue(f"{package}.TYPE_CHECKING") for package in ("typing", "typing_extensions")
)
TYPING: Values = frozenset((LibraryValue("typing.TYPE_CHECKING"),))


def _typing_only(frame: Frame, body: tuple[facts.Statement, ...]) -> None:
    """Names that type checkers alone see: types resolve through them, values do not."""
    before, frame.is_typing = frame.is_typing, True
    state = frame.state.copy()
    execute(frame, body)
    frame.state = state
    frame.is_typing = before


def _script(frame: Frame, body: tuple[facts.Statement, ...]) -> None:
    """The part of a module that runs only as a script: nobody calls it, so it is a function apart."""
    if not body:
        return
    at = Position(*body[0].at[:2], *body[-1].at[2:])
    function = facts.Function(
        "__main__", (), None, (), body, False, False, None, (), frozenset(), at, at
    )
    code = frame.machine.code(frame.module, function, "__main__", ())
    frame.machine.functions.setdefault(code, {})[FunctionValue(code, None, None)] = None


def _loop(
    frame: Frame,
    body: tuple[facts.Statement, ...],
    orelse: tuple[facts.Statement, ...],
    bind: Callable[[], None],
) -> None:
    loop = Loop()
    frame.loops.append(loop)
    with frame.placed("loop"):
        for _ in range(PASSES):
            before = frame.state.copy()
            bind()
            execute(frame, body)
            for state in loop.continues:
                frame.state.merge(state)
            loop.continues.clear()
            frame.state.merge(before)
            if not frame.state.differs(before):
                break
    frame.loops.pop()
    execute(frame, orelse)
    for state in loop.breaks:
        frame.state.merge(state)


def _for(frame: Frame, node: facts.For) -> None:
    iterable = evaluate(frame, node.iterable)
    elements = iteration.iterated(frame, iterable, frame.place(node.iterable.at))

    def bind() -> None:
        bind_target(frame, node.target, elements)

    _loop(frame, node.body, node.orelse, bind)


def _while(frame: Frame, node: facts.While) -> None:
    def bind() -> None:
        evaluate(frame, node.test)

    _loop(frame, node.body, node.orelse, bind)


def _try(frame: Frame, node: facts.Try) -> None:
    branch = frame.branch
    trap = frame.state.copy()
    frame.traps.append(trap)
    frame.branch = (*branch, (node.at, 0))
    execute(frame, node.body)
    frame.traps.pop()
    execute(frame, node.orelse)
    ends = [frame.state]
    for arm, handler in enumerate(node.handlers, start=1):
        frame.state = trap.copy()
        frame.state.is_dead = False
        frame.branch = (*branch, (node.at, arm))
        caught = NOTHING if handler.exception is None else evaluate(frame, handler.exception)
        if handler.name is not None:
            frame.bind(handler.name, _caught(caught))
        execute(frame, handler.body)
        ends.append(frame.state)
    frame.branch = branch
    frame.state = ends[0]
    for end in ends[1:]:
        frame.state.merge(end)
    if node.final:
        was_dead = frame.state.is_dead
        if was_dead:
            frame.state = trap.copy()
            frame.state.is_dead = False
        execute(frame, node.final)
        frame.state.is_dead = frame.state.is_dead or was_dead


def _caught(exceptions: Values) -> Values:
    """Any object of the application's classes that are named behind `except`."""
    named = NOTHING.union(
        *(
            one.rest.union(*one.elements) if isinstance(one, TupleValue) else frozenset((one,))
            for one in exceptions
        )
    )
    errors = frozenset(Instance(of, None, None) for of in named if isinstance(of, ClassValue))
    return errors | UNKNOWN


def _with(frame: Frame, node: facts.With) -> None:
    for item in node.items:
        managers = evaluate(frame, item.context)
        bound = iteration.entered(frame, managers, frame.place(item.context.at))
        if item.target is not None:
            bind_target(frame, item.target, bound)
    execute(frame, node.body)


def _match(frame: Frame, node: facts.Match) -> None:
    subject = evaluate(frame, node.subject)
    ends: list[State] = []
    branch = frame.branch
    is_complete = False
    for arm, case in enumerate(node.cases):
        before = frame.state.copy()
        frame.branch = (*branch, (node.at, arm))
        for expression in case.mentions:
            resolve(frame, expression)
        for name in case.whole:
            frame.bind(name, subject)
        parts = iteration.inside(frame.machine, subject)
        for name in case.parts:
            frame.bind(name, parts)
        if case.guard is not None:
            evaluate(frame, case.guard)
        execute(frame, case.body)
        ends.append(frame.state)
        frame.state = before
        is_complete = is_complete or (case.is_irrefutable and case.guard is None)
    frame.branch = branch
    if is_complete:
        frame.state.is_dead = True
    for end in ends:
        frame.state.merge(end)


EXECUTORS: dict[type[object], Callable[[Frame, Any], None]] = {
    facts.Assign: _assign,
    facts.AnnotatedAssign: _annotated_assign,
    facts.AugmentedAssign: _augmented_assign,
    facts.TypeAliasStatement: _type_alias,
    facts.Evaluate: _evaluate,
    facts.Return: _return,
    facts.Raise: _raise,
    facts.Assert: _assert,
    facts.Delete: _delete,
    facts.Import: imports.execute_import,
    facts.ImportFrom: imports.execute_import_from,
    facts.Scope: _scope,
    facts.If: _if,
    facts.For: _for,
    facts.While: _while,
    facts.Try: _try,
    facts.With: _with,
    facts.Match: _match,
    facts.Jump: _jump,
    facts.Function: _function,
    facts.Class: _class,
}
