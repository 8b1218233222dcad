"""Frames: one run of one activation, with what its names may be at this point of the source."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from infragraph.frontend.activation import Activation
from infragraph.frontend.bounds import bounded
from infragraph.frontend.builtin_names import BUILTINS
from infragraph.frontend.machine import Machine
from infragraph.frontend.program import Module
from infragraph.frontend.state import Loop, State
from infragraph.frontend.steps import Step
from infragraph.frontend.values import (
    NOTHING,
    ClassValue,
    LibraryValue,
    Place,
    Values,
)
from infragraph.model import facts
from infragraph.model.source import Position

Placement = Literal["module", "class", "loop", "comprehension", "function"]


@dataclass(slots=True)
class Frame:
    """The running of one body. `body_class` is set while a class's body runs.

    `published` is what a module's body has offered to the others so far, `classes` are the names of
    the classes whose bodies run around this point, outermost first.
    """

    machine: Machine
    activation: Activation
    state: State
    steps: list[Step]
    body_class: ClassValue | None = None
    placement: Placement = "module"
    branch: tuple[tuple[Position, int], ...] = ()
    loops: list[Loop] = field(default_factory=list[Loop])
    traps: list[State] = field(default_factory=list[State])
    exits: list[State] = field(default_factory=list[State])
    globals: set[str] = field(default_factory=set[str])
    nonlocals: set[str] = field(default_factory=set[str])
    statement: facts.Statement | None = None
    is_quiet: bool = False
    is_handing_back: bool = False
    is_typing: bool = False
    outer: "Frame | None" = None
    published: dict[str, Values] = field(default_factory=dict[str, Values])
    module: Module = field(init=False)
    path: str = field(init=False)
    classes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.module = self.activation.module
        self.path = self.module.path
        within = () if self.outer is None else self.outer.classes
        of = self.body_class
        self.classes = () if of is None else (*within, of.definition.name)

    @property
    def is_module_level(self) -> bool:
        return self.activation.code is None

    def place(self, at: Position) -> Place:
        return Place(self.path, at)

    def record(self, step: Step) -> None:
        if not self.is_quiet and not self.is_typing:
            self.steps.append(step)

    @contextmanager
    def quiet(self) -> Generator[None]:
        """Evaluate again without recording what it does."""
        before, self.is_quiet = self.is_quiet, True
        try:
            yield
        finally:
            self.is_quiet = before

    @contextmanager
    def handing_back(self) -> Generator[None]:
        """Evaluate what is given back to a caller, who calls it or names it."""
        before, self.is_handing_back = self.is_handing_back, True
        try:
            yield
        finally:
            self.is_handing_back = before

    @contextmanager
    def placed(self, placement: Placement) -> Generator[None]:
        before = self.placement
        if before in {"module", "class"} or placement == "function":
            self.placement = placement
        try:
            yield
        finally:
            self.placement = before

    def bind(self, name: str, values: Values) -> None:
        """Bind a name where the scope rules put it."""
        if self.is_typing:
            self.machine.write(("typing", self.module.name, name), values)
            return
        if name in self.globals:
            self.machine.write(("global", self.module.name, name), values)
            return
        if name in self.nonlocals and self.activation.function is not None:
            closure = self.activation.function.closure
            while closure is not None and closure.code is not None:
                if binds(closure.code.function, name):
                    self.machine.write(("cell", closure, name), values)
                    return
                closure = None if closure.function is None else closure.function.closure
            return
        values = bounded(values)
        self.state.names[name] = values
        if self.body_class is None and self.activation.code is not None:
            self.machine.write(("cell", self.activation, name), values)

    def lookup(self, name: str) -> Values:
        """What a name may be here: local, enclosing, global, then built in."""
        if name in self.globals:
            return self._module_name(name)
        if name in self.state.names:
            return self.state.names[name] | self._rebound(name)
        if self.outer is not None:
            outer = self.outer
            while outer.outer is not None:
                outer = outer.outer
            return outer.lookup(name)
        code = self.activation.code
        if code is None:
            return self._outside(name)
        if name in code.function.locals:
            return NOTHING
        found = self._enclosing(name)
        return self._module_name(name) if found is None else found

    def _rebound(self, name: str) -> Values:
        """What functions inside this one bind to a name of it that they declare nonlocal."""
        code = self.activation.code
        if code is None or self.body_class is not None or name not in code.shared:
            return NOTHING
        return self.machine.read(("cell", self.activation, name))

    def _enclosing(self, name: str) -> Values | None:
        function = self.activation.function
        closure = None if function is None else function.closure
        while closure is not None and closure.code is not None:
            if binds(closure.code.function, name):
                return self.machine.read(("cell", closure, name))
            closure = None if closure.function is None else closure.function.closure
        return None

    def _module_name(self, name: str) -> Values:
        values = self.machine.read(("global", self.module.name, name))
        return values or self._outside(name)

    def _outside(self, name: str) -> Values:
        typed = self.machine.read(("typing", self.module.name, name))
        if typed or name in self.module.bindings:
            return typed
        stars = self.machine.read(("star", self.module.name))
        return _BUILT_IN.get(name, stars)


_BUILT_IN: Mapping[str, Values] = {
    name: frozenset((LibraryValue(f"builtins.{name}"),)) for name in BUILTINS
}


def binds(function: facts.Function, name: str) -> bool:
    return name in function.locals or any(
        parameter.name == name for parameter in function.parameters
    )
