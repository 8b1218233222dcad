"""What the forms of source mean; the machine is handed it, so that meaning builds on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from infragraph.frontend.activation import Activation, Judgement
    from infragraph.frontend.frame import Frame
    from infragraph.frontend.machine import Machine
    from infragraph.frontend.values import Values


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Semantics:
    """`expressions` and `statements` go by the types of facts."""

    run: Callable[["Machine", "Activation"], None]
    judge: Callable[["Machine", "Judgement"], None]
    expressions: Mapping[type[object], Callable[["Frame", Any], "Values"]]
    statements: Mapping[type[object], Callable[["Frame", Any], None]]
