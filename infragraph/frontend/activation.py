"""Activations: a function in one context, which runs again when what it read grows."""

from dataclasses import dataclass, field
from typing import TypeAlias

from infragraph.frontend.program import Module
from infragraph.frontend.steps import Step
from infragraph.frontend.values import (
    ClassValue,
    Code,
    Container,
    FunctionValue,
    GeneratorValue,
    Instance,
    ModuleValue,
    Value,
    Values,
)
from infragraph.model.source import Position

Context: TypeAlias = tuple[tuple[str, Values], ...]
"""The arguments, by parameter, that keep two calls of one function apart."""


@dataclass(eq=False, slots=True, repr=False)
class Activation:
    """A function (or a module's body) in one context; `steps` are those of its last run."""

    module: Module
    code: Code | None
    function: FunctionValue | None
    context: Context
    steps: list[Step] = field(default_factory=list[Step])
    runs: int = 0

    @property
    def symbol(self) -> str:
        return self.module.name if self.code is None else self.code.symbol


Subject: TypeAlias = (
    FunctionValue | ClassValue | Instance | Container | GeneratorValue | ModuleValue
)


@dataclass(eq=False, slots=True, repr=False)
class Judgement:
    """Whether something can lead to a resource; made again when what it read grows.

    `readers` were told that it cannot. It `was_denied` once one of them was no judgement itself:
    those are made again with it, and do nothing else.
    """

    subject: Subject
    is_strict: bool
    is_relevant: bool = False
    was_denied: bool = False
    readers: dict["Reader", None] = field(default_factory=dict["Reader", None])


@dataclass(eq=False, slots=True, repr=False)
class Opening:
    """The running of a handler, whose callers are not known; done again when what it read grows."""

    value: Value


Known: TypeAlias = frozenset[tuple[str, Position]]
"""Functions and classes by module and place."""

Run: TypeAlias = Activation | Judgement
"""What runs by itself when what it read grows."""

Reader: TypeAlias = Run | Opening
"""What reads the store, and runs again when that grows."""
