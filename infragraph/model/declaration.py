"""Declarations: the places where source declares a resource, before anything is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from infragraph.model.graph import Property
from infragraph.model.source import SourceSpan
from infragraph.model.types import Type
from infragraph.model.values import KeywordValue, StaticValue


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeFault:
    """Why a type cannot be read; `span` is the innermost place at fault (a field, an annotation).

    `undecided` is a part of it that only running the program would show; the rest is known.
    `unread` is in a file that could not be analyzed, which is a finding already. `library` is the
    package whose source would say more, where that was not read.
    """

    kind: Literal["unsupported", "not-found", "type-checking-only", "undecided", "unread"]
    name: str
    detail: str
    span: SourceSpan
    library: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeFacts:
    """A type as source writes it at `span`.

    `schema` is its JSON Schema fragment, in which named types are `"$ref": "#/payloads/<symbol>"`;
    `definitions` holds every named type that it reaches, by symbol. `fields` are its members by
    name where it has any; `fields_are_complete` is false where a base class lies outside what was
    read. `attributes` are the fields typed `Attribute[str]`. `faults` say what of it could not be
    read. `is_scalar` holds for what fits into one text, such as a path or query parameter (str,
    int, float, bool, enums, UUID, datetime …), `is_scalar_list` for a list of those, `marker` is
    `header` or `cookie` for `Header[T]` and `Cookie[T]`.
    """

    type: Type
    span: SourceSpan
    schema: Mapping[str, Property]
    definitions: Mapping[str, Mapping[str, Property]]
    fields: Mapping[str, Type]
    fields_are_complete: bool
    attributes: frozenset[str]
    faults: tuple[TypeFault, ...]
    is_scalar: bool
    is_scalar_list: bool
    marker: Literal["header", "cookie"] | None
    definition: SourceSpan | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerParameter:
    """`annotation` is None where nothing is written; `message_of` is the T of `Message[T]`.

    `default` is what JSON shows of it, None where only running the program would tell.
    """

    name: str
    kind: Literal["positional-only", "positional", "variadic", "keyword-only", "variadic-keyword"]
    annotation: TypeFacts | None
    message_of: Type | None
    has_default: bool
    default: Property
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """The function behind an entry point; `form` says what was given in place of a function.

    A method's `self` and a classmethod's `cls` are not among `parameters`. `span` is the function's
    name. `reads` are the fields of the first parameter that the body reads.
    """

    form: Literal["function", "lambda", "class", "other"]
    symbol: str
    parameters: tuple[HandlerParameter, ...]
    returns: TypeFacts | None
    is_async: bool
    is_generator: bool
    doc: str | None
    span: SourceSpan
    reads: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One call that declares something: `Topic[User]("signups")`, `@users.post("/signup")`.

    `key` identifies it; `span` is its location in the graph (the assignment, or the decorator
    without its `@`), `call` the call itself. `callee` is how source writes what is called.
    `service` is the key of the service whose method was called and `method` that method's name
    (`get`, `raw`, `cron`), both None for the other kinds. `type_argument` is T of `Topic[T]`.
    `placement` says where it stands; in a loop, comprehension or function it cannot be decided
    without running. `is_open` marks a call with `*arguments` or `**options` that are not known.
    """

    key: str
    kind: str
    span: SourceSpan
    call: SourceSpan
    callee: str
    module: str
    symbol: str
    doc: str | None
    positional: tuple[StaticValue, ...]
    keywords: tuple[KeywordValue, ...]
    is_open: bool
    service: str | None
    method: str | None
    type_argument: TypeFacts | None
    handler: Handler | None
    placement: Literal["module", "class", "loop", "comprehension", "function"]
