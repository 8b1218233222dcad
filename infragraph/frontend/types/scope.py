"""Scopes: where the names of a type are looked up, and what reading it leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from infragraph.frontend.activation import Activation
from infragraph.frontend.program import Module
from infragraph.frontend.values import ClassValue
from infragraph.model.source import Position, SourceSpan

if TYPE_CHECKING:
    from infragraph.frontend.types.reading import Named, Reading

STEP_LIMIT = 20_000
"""Expressions read for one definition; the largest that people write take some hundreds."""

FaultKind: TypeAlias = Literal[
    "unsupported", "not-found", "type-checking-only", "undecided", "unread"
]


Codec: TypeAlias = Literal["msgspec", "pydantic"]
"""What encodes the values: pydantic its models, msgspec everything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A `TypeFault` whose place is None inside a library, in which nothing is reported."""

    kind: FaultKind
    name: str
    detail: str
    span: SourceSpan | None
    library: str = ""


@dataclass(eq=False, slots=True)
class Unit:
    """One definition, or the type asked for: what is wrong in it, and the named types it mentions.

    `steps` counts what was read for it, so that aliases of aliases cannot multiply without end;
    `is_told` holds once a fault says that they did.
    """

    steps: int = 0
    is_told: bool = False
    faults: dict[Fault, None] = field(default_factory=dict[Fault, None])
    references: dict[str, tuple["Named", SourceSpan | None]] = field(
        default_factory=dict[str, tuple["Named", SourceSpan | None]]
    )

    def spend(self) -> bool:
        """Take one step; whether any was left."""
        self.steps += 1
        return self.steps <= STEP_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where an annotation stands.

    `parameters` are the type parameters that have a meaning here: those of PEP 695 by name, a
    `TypeVar` by its dotted name. `site` is where the application mentions what a library defines.
    """

    module: Module
    unit: Unit
    owner: ClassValue | None = None
    closure: Activation | None = None
    parameters: Mapping[str, "Reading"] = field(default_factory=dict[str, "Reading"])
    site: SourceSpan | None = None
    codec: Codec = "msgspec"

    def span(self, at: Position) -> SourceSpan | None:
        """A place here, or that of the mention from outside."""
        return self.site if self.module.is_library else SourceSpan.at(self.module.path, at)

    def elsewhere(
        self,
        module: Module,
        at: Position,
        *,
        owner: ClassValue | None = None,
        closure: Activation | None = None,
        parameters: Mapping[str, "Reading"] | None = None,
    ) -> "Scope":
        """The scope of something that `at` mentions; what is found there still counts here."""
        return replace(
            self,
            module=module,
            owner=owner,
            closure=closure,
            parameters=parameters or {},
            site=self.span(at),
        )

    def fault(
        self, kind: FaultKind, name: str, detail: str, at: Position, library: str = ""
    ) -> None:
        fault = Fault(kind=kind, name=name, detail=detail, span=self.span(at), library=library)
        self.unit.faults[fault] = None
