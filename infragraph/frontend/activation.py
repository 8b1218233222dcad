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

    It `was_denied` once something was told that it cannot, other judgements aside: they are made
    again with it, and do nothing else.
    """

    subject: Subject
    is_strict: bool
    was_denied: bool = False


Known: TypeAlias = frozenset[tuple[str, Position]]
"""Functions and classes by module and place."""

Reader: TypeAlias = Activation | Judgement
"""What reads the store, and runs again when that grows."""
