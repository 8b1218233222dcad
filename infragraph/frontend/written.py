"""Declarations as the machine meets them, their types and handlers still abstract."""

from dataclasses import dataclass

from infragraph.frontend.frame import Placement
from infragraph.frontend.program import Module
from infragraph.frontend.values import Place, TypeArgument, Values
from infragraph.model.source import Position
from infragraph.model.values import KeywordValue, StaticValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One declaring call. `handler` is what was decorated, None where nothing can be.

    `branch` is the way through `if` and `try` to it, so that two in exclusive branches can be told.
    """

    key: str
    kind: str
    place: Place
    call: Place
    callee: str
    module: Module
    symbol: str
    doc: str | None
    positional: tuple[StaticValue, ...]
    keywords: tuple[KeywordValue, ...]
    is_open: bool
    service: str | None
    method: str | None
    type_argument: TypeArgument | None
    handler: Values | None
    placement: Placement
    branch: tuple[tuple[Position, int], ...]
