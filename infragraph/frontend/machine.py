"""The abstract machine: every function in every context it is called in, until nothing is added.

What one activation reads of another (a result, a field, a module's name) is kept in one store that only
grows; whoever read an entry runs again when it does. Sets are finite, so this ends.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from infragraph.frontend.blocks import nonlocal_names
from infragraph.frontend.mentions import mentions
from infragraph.frontend.program import Module, Program
from infragraph.frontend.steps import Step, Write
from infragraph.frontend.values import (
    NOTHING,
    ClassValue,
    Code,
    ConstantValue,
    Container,
    FunctionValue,
    GeneratorValue,
    Instance,
    ModuleValue,
    Opaque,
    Place,
    Values,
)
from infragraph.model import facts
from infragraph.model.source import Position
from infragraph.model.values import StaticValue

if TYPE_CHECKING:
    from infragraph.frontend.library import Library
    from infragraph.frontend.written import Written

CONTEXT_LIMIT = 64
"""Contexts one function is followed in; `graph.md` sets it."""

CONSTANT_LIMIT = 8
"""Different constants one expression may be before it counts as not constant: loops count up for ever."""

RUN_LIMIT = 200
"""Runs of one activation; sets are finite, so this is a backstop that is reported, never met so far."""

DEPTH_LIMIT = 120
"""Nested expressions and statements, counted through calls, below which a call is followed at once; a deeper
one waits in the queue, so that the interpreter's own limit is never met."""

Key: TypeAlias = tuple[Hashable, ...]
Context: TypeAlias = tuple[tuple[str, Values], ...]


@dataclass(eq=False, slots=True, repr=False)
class Activation:
    """A function (or a module's body) in one context; `steps` are those of its last run."""

    module: Module
    code: Code | None
    function: FunctionValue | None
    context: Context
    steps: list[Step] = field(default_factory=list[Step])
    runs: int = 0
    is_widened: bool = False

    @property
    def symbol(self) -> str:
        return self.module.name if self.code is None else self.code.symbol


Subject: TypeAlias = (
    FunctionValue | ClassValue | Instance | Container | GeneratorValue | ModuleValue
)


@dataclass(eq=False, slots=True, repr=False)
class Judgement:
    """Whether something can lead to a resource; made again when what it read grows."""

    subject: Subject
    is_strict: bool
    runs: int = 0


Reader: TypeAlias = Activation | Judgement
"""What reads the store, and runs again when that grows."""


@dataclass(eq=False, slots=True, repr=False)
class Machine:
    """The state of one analysis."""

    program: Program
    run: Callable[["Machine", Activation], None]
    judge: Callable[["Machine", Judgement], None]
    store: dict[Key, Values] = field(default_factory=dict[Key, Values])
    readers: dict[Key, dict[Reader, None]] = field(default_factory=dict[Key, dict[Reader, None]])
    judgements: dict[tuple[Subject, bool], Judgement] = field(
        default_factory=dict[tuple[Subject, bool], Judgement]
    )
    modules: dict[str, Activation] = field(default_factory=dict[str, Activation])
    misplaced: dict[Place, str] = field(default_factory=dict[Place, str])
    imports: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    codes: dict[tuple[str, Position, str], Code] = field(
        default_factory=dict[tuple[str, Position, str], Code]
    )
    classes: dict[tuple[str, Position, Activation | None], ClassValue] = field(
        default_factory=dict[tuple[str, Position, Activation | None], ClassValue]
    )
    activations: dict[tuple[Code, FunctionValue, Context], Activation] = field(
        default_factory=dict[tuple[Code, FunctionValue, Context], Activation]
    )
    contexts: dict[Code, int] = field(default_factory=dict[Code, int])
    functions: dict[Code, dict[FunctionValue, None]] = field(
        default_factory=dict[Code, dict[FunctionValue, None]]
    )
    displays: dict[Container, facts.Expression] = field(
        default_factory=dict[Container, facts.Expression]
    )
    made: dict[str, StaticValue] = field(default_factory=dict[str, StaticValue])
    declared: dict[str, "Written"] = field(default_factory=dict[str, "Written"])
    wrote: dict[Activation, frozenset[Write]] = field(
        default_factory=dict[Activation, frozenset[Write]]
    )
    queue: deque[Reader] = field(default_factory=deque[Reader])
    queued: set[Reader] = field(default_factory=set[Reader])
    running: list[Reader] = field(default_factory=list[Reader])
    libraries: tuple["Library", ...] = ()
    depth: int = 0

    def read(self, key: Key) -> Values:
        """What the store holds; the running activation runs again when it grows."""
        if self.running:
            self.readers.setdefault(key, {})[self.running[-1]] = None
        return self.store.get(key, NOTHING)

    def write(self, key: Key, values: Values) -> None:
        known = self.store.get(key, NOTHING)
        if values <= known:
            return
        # The keys of a table are as many as the source writes.
        self.store[key] = known | values if key[0] == "keys" else bounded(known | values)
        if self.store[key] == known:
            return
        for reader in self.readers.get(key, {}):
            self.wake(reader)

    def writes_of(self, activation: Activation) -> frozenset[Write]:
        """The database writes that a call may have done when it returns."""
        if self.running:
            self.readers.setdefault(("writes", activation), {})[self.running[-1]] = None
        return self.wrote.get(activation, frozenset())

    def add_writes(self, activation: Activation, writes: frozenset[Write]) -> None:
        known = self.wrote.get(activation, frozenset[Write]())
        if not writes <= known:
            self.wrote[activation] = known | writes
            for reader in self.readers.get(("writes", activation), {}):
                self.wake(reader)

    def wake(self, activation: Reader) -> None:
        if activation not in self.queued:
            self.queued.add(activation)
            self.queue.append(activation)

    def start(self, activation: Reader) -> None:
        """Run at once where the stack is shallow, so that results are there when they are asked for."""
        if activation in self.running:
            return
        if self.depth >= DEPTH_LIMIT:
            self.wake(activation)
            return
        self._run(activation)

    def settle(self) -> None:
        """Run what waits until nothing does."""
        while self.queue:
            activation = self.queue.popleft()
            self.queued.discard(activation)
            self._run(activation)

    def _run(self, activation: Reader) -> None:
        if activation.runs >= RUN_LIMIT:
            return
        activation.runs += 1
        self.queued.discard(activation)
        self.running.append(activation)
        self.depth += 1
        try:
            if isinstance(activation, Judgement):
                self.judge(self, activation)
            else:
                self.run(self, activation)
        finally:
            self.depth -= 1
            self.running.pop()

    def note_import(self, module: str, imported: str) -> None:
        """Take note that running one module runs another."""
        if imported in self.program.modules:
            self.imports.setdefault(module, set()).add(imported)

    def module(self, name: str) -> Activation | None:
        """The body of a module, run when it is first asked for, as an import does."""
        activation = self.modules.get(name)
        if activation is None:
            module = self.program.modules.get(name)
            if module is None:
                return None
            activation = Activation(module, None, None, ())
            self.modules[name] = activation
            self.start(activation)
        return activation

    def is_entered(self, code: Code) -> bool:
        return self.contexts.get(code, 0) > 0

    def code(
        self, module: Module, function: facts.Function, qualname: str, classes: tuple[str, ...]
    ) -> Code:
        key = (module.name, function.at, qualname)
        if key not in self.codes:
            self.codes[key] = Code(
                module, function, qualname, classes, nonlocal_names(function), mentions(function)
            )
        return self.codes[key]

    def all_activations(self) -> Iterator[Activation]:
        yield from self.modules.values()
        yield from self.activations.values()


MANY = Opaque("it may be one of many values")
"""What takes the place of constants, or of unknown values, that are too many to matter."""


def bounded(values: Values) -> Values:
    """The same set; once something is too much of a kind, `MANY` stands for all of it for good."""
    if len(values) <= CONSTANT_LIMIT and MANY not in values:
        return values
    constants = {value for value in values if isinstance(value, ConstantValue)}
    unknown = {value for value in values if isinstance(value, Opaque) and not value.is_tracked}
    if MANY in values or len(constants) > CONSTANT_LIMIT or len(unknown) > CONSTANT_LIMIT:
        return values.difference(constants, unknown) | {MANY}
    return values


def place(module: Module, at: Position) -> Place:
    return Place(module.path, at)


Names: TypeAlias = Mapping[str, Values]
