"""What an expression is without running the program."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

from infragraph.model.source import SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A constant."""

    value: str | bytes | int | float | complex | bool | timedelta | None
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A tuple, list or set whose elements are known one by one."""

    kind: Literal["tuple", "list", "set"]
    elements: tuple["StaticValue", ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """A dict whose keys and values are known one by one."""

    pairs: tuple[tuple["StaticValue", "StaticValue"], ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An inert object made by a call such as `Retry(max_attempts=5)`: what was called and how."""

    constructor: str
    positional: tuple["StaticValue", ...]
    keywords: tuple["KeywordValue", ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A declared thing, by the key of its declaration; `name` is how source writes it."""

    key: str
    kind: str
    name: str
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """Something else that has a name: a function, class or module, of a library perhaps.

    `definition` is where it is defined, None for what lies outside the source that was read;
    `value` is that of an enum's member which is no constant by itself.
    """

    kind: Literal["function", "class", "module", "library", "object"]
    name: str
    definition: SourceSpan | None
    span: SourceSpan
    value: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """What cannot be decided without running the program; `origin` is the expression to blame.

    `is_reported` says that a finding already explains it, so that one mistake gives one finding.
    `text` is how source writes it, empty where it is not written.
    """

    reason: str
    span: SourceSpan
    origin: SourceSpan | None = None
    is_reported: bool = False
    text: str = ""


StaticValue: TypeAlias = Known | Items | Entries | Made | Reference | Symbol | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordValue:
    """`name=value` in a call; `span` covers both."""

    name: str
    value: StaticValue
    span: SourceSpan
