"""The abstract machine: every function in every context it is called in, until nothing is added.

What one activation reads of another (a result, a field, a module's name) is kept in one store that
only grows; whoever read an entry runs again when it does. Sets are finite, so this ends.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from infragraph.frontend.activation import (
    Activation,
    Context,
    Judgement,
    Known,
    Opening,
    Run,
    Subject,
)
from infragraph.frontend.program import Module, Program
from infragraph.frontend.semantics import Semantics
from infragraph.frontend.steps import Doubt, Write
from infragraph.frontend.store import Key, Store
from infragraph.frontend.values import (
    ClassValue,
    Code,
    ConstantValue,
    Container,
    ContainerKind,
    FunctionValue,
    Place,
    Role,
    Value,
    Values,
)
from infragraph.frontend.worklist import Worklist
from infragraph.model import facts
from infragraph.model.source import Position
from infragraph.model.types import ClassType
from infragraph.model.values import StaticValue

if TYPE_CHECKING:
    from infragraph.frontend.library import Library
    from infragraph.frontend.written import Written

OF_MODULES = frozenset({"global", "typing"})
"""What the store keeps by a module and one of its names."""

Origin: TypeAlias = tuple[Activation | None, ClassValue | None, Role]
"""Where a function was made, in which class, and what a decorator made of it."""

RUN_LIMIT = 200
"""Runs of one activation. Sets are finite, so only what is made to need more does."""


@dataclass(eq=False, slots=True, repr=False)
class Machine:
    """The state of one analysis: what is known, what has to run, and what has been met."""

    program: Program
    semantics: Semantics
    libraries: tuple["Library", ...]
    known: Known = frozenset()
    store: Store = field(default_factory=Store)
    work: Worklist = field(default_factory=Worklist)
    judgements: dict[tuple[Subject, bool], Judgement] = field(
        default_factory=dict[tuple[Subject, bool], Judgement]
    )
    modules: dict[str, Activation] = field(default_factory=dict[str, Activation])
    bodies: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    misplaced: dict[Place, str] = field(default_factory=dict[Place, str])
    demanded: set[str] = field(default_factory=set[str])
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
    constant_contexts: dict[Code, int] = field(default_factory=dict[Code, int])
    functions: dict[Code, dict[Origin, FunctionValue]] = field(
        default_factory=dict[Code, dict[Origin, FunctionValue]]
    )
    containers: dict[tuple[ContainerKind, Place, Activation | None], Container] = field(
        default_factory=dict[tuple[ContainerKind, Place, Activation | None], Container]
    )
    displays: dict[Container, facts.Expression] = field(
        default_factory=dict[Container, facts.Expression]
    )
    made: dict[str, StaticValue] = field(default_factory=dict[str, StaticValue])
    declared: dict[str, "Written"] = field(default_factory=dict[str, "Written"])
    openings: dict[Value, Opening] = field(default_factory=dict[Value, Opening])
    handlers: dict[str, tuple[Activation, ...]] = field(
        default_factory=dict[str, tuple[Activation, ...]]
    )
    class_types: dict[ClassValue, ClassType] = field(default_factory=dict[ClassValue, ClassType])
    wrote: dict[Activation, frozenset[Write]] = field(
        default_factory=dict[Activation, frozenset[Write]]
    )

    verbs: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.verbs = frozenset[str]().union(*(library.distinctive for library in self.libraries))

    def read(self, key: Key) -> Values:
        """What the store holds; what runs now runs again when it grows."""
        running = self.work.running
        return self.store.read(key, running[-1]) if running else self.store.get(key)

    def write(self, key: Key, values: Values) -> None:
        """Add to what the store holds."""
        readers = self.store.add(key, values)
        if readers is not None:
            for reader in readers:
                self.work.wake(reader)
            if key[0] in OF_MODULES:
                self._note_unwritten(key)

    def _note_unwritten(self, key: Key) -> None:
        """Take note of a name that a module has and no statement at its top binds."""
        _, module, name = key
        known = self.program.modules.get(str(module))
        if known is not None and name not in known.bindings:
            self.write(("unwritten", known.name), frozenset((ConstantValue(name, "str"),)))

    def writes_of(self, activation: Activation) -> frozenset[Write]:
        """The database writes that a call may have done when it returns."""
        self.read(("writes", activation))
        return self.wrote.get(activation, frozenset())

    def add_writes(self, activation: Activation, writes: frozenset[Write]) -> None:
        known = self.wrote.get(activation, frozenset[Write]())
        if not writes <= known:
            self.wrote[activation] = known | writes
            for reader in self.store.readers_of(("writes", activation)):
                self.work.wake(reader)

    def start(self, reader: Run) -> None:
        """Run at once where the stack is shallow, so that results are there when asked for."""
        if reader in self.work.running:
            return
        if self.work.is_deep:
            self.work.wake(reader)
        else:
            self._run(reader)

    def settle(self) -> None:
        """Run what waits until nothing does."""
        while (reader := self.work.take()) is not None:
            self._run(reader)

    def settle_judgements(self) -> None:
        """Make what waits of judgements, as far as the stack allows."""
        while not self.work.is_deep and (judgement := self.work.take_judgement()) is not None:
            self._run(judgement)

    def _run(self, reader: Run) -> None:
        self.work.enter(reader)
        try:
            match reader:
                case Judgement():
                    self.semantics.judge(self, reader)
                case Activation() if reader.runs < RUN_LIMIT:
                    reader.runs += 1
                    self.semantics.run(self, reader)
                case Activation():
                    give_up(reader)
        finally:
            self.work.leave()

    def demand(self, path: str) -> bool:
        """Ask for the module that a dotted name leads to, where that was passed over.

        The machine is then run again with it: what was concluded without it may not hold.
        """
        if not self.program.passed_over:
            return False
        name = path
        while name:
            if name in self.program.passed_over:
                self.demanded.add(name)
                return True
            name = name.rpartition(".")[0]
        return False

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
            # What it imports, in turn, of a module that imports it is what that has bound so far.
            for publish in self.bodies:
                publish()
            activation = Activation(module, None, None, ())
            self.modules[name] = activation
            self.start(activation)
        return activation

    def is_entered(self, code: Code) -> bool:
        return code in self.contexts or code in self.constant_contexts

    def code(
        self, module: Module, function: facts.Function, qualname: str, classes: tuple[str, ...]
    ) -> Code:
        """The code of a function, the same however often its definition runs."""
        key = (module.name, function.at, qualname)
        if key not in self.codes:
            self.codes[key] = Code(module, function, qualname, classes)
        return self.codes[key]

    def function(
        self, code: Code, closure: Activation | None, owner: ClassValue | None, role: Role = "plain"
    ) -> FunctionValue:
        """What running a definition makes, the same each time."""
        known = self.functions.setdefault(code, {})
        value = known.get((closure, owner, role))
        if value is None:
            value = known[closure, owner, role] = FunctionValue(code, closure, owner, role)
        return value

    def container(
        self, kind: ContainerKind, place: Place, activation: Activation | None
    ) -> Container:
        """What running an expression makes, the same each time."""
        key = (kind, place, activation)
        value = self.containers.get(key)
        if value is None:
            value = self.containers[key] = Container(kind, place, activation)
        return value

    def all_activations(self) -> Iterator[Activation]:
        yield from self.modules.values()
        yield from self.activations.values()


def give_up(activation: Activation) -> None:
    """Say that the results of an activation are not complete."""
    code = activation.code
    body = activation.module.facts.body
    place = Place(activation.module.path, body[0].at) if code is None else code.place
    doubt = Doubt(activation.symbol, "it was not followed to the end", place)
    if doubt not in activation.steps:
        activation.steps.append(doubt)
