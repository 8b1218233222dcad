"""What is written in one file, without judgement.

Facts are a pure function of a file's bytes: no path, no other file, no syntax node of a parser. They
keep the order and the control structure of statements, because rules about effects (a publish after a
write) need both. Every form is a flat named tuple, so that a cache can store them as they are.
"""

from typing import Literal, NamedTuple, TypeAlias, Union

from infragraph.model.source import Position

Scalar: TypeAlias = str | bytes | int | float | complex | bool | None


class Constant(NamedTuple):
    """A literal; an ellipsis is `is_ellipsis`, since no other value may stand for it."""

    value: Scalar
    at: Position
    is_ellipsis: bool = False


class Name(NamedTuple):
    id: str
    at: Position


class Attribute(NamedTuple):
    value: "Expression"
    name: str
    at: Position


class Starred(NamedTuple):
    value: "Expression"
    at: Position


class Keyword(NamedTuple):
    """A keyword argument; `name` is None for `**value`."""

    name: str | None
    value: "Expression"
    at: Position


class Call(NamedTuple):
    callee: "Expression"
    arguments: tuple["Expression", ...]
    keywords: tuple[Keyword, ...]
    at: Position


class Subscript(NamedTuple):
    value: "Expression"
    index: "Expression"
    at: Position


class Sequence(NamedTuple):
    kind: Literal["tuple", "list", "set"]
    elements: tuple["Expression", ...]
    at: Position


class Mapping(NamedTuple):
    """A dict display; a key of None stands before a `**value`."""

    keys: tuple[Union["Expression", None], ...]
    values: tuple["Expression", ...]
    at: Position


class Formatted(NamedTuple):
    """`{value!conversion:spec}` in an f-string; `spec` is empty where none is written."""

    value: "Expression"
    conversion: Literal["", "s", "r", "a"]
    spec: tuple["Expression", ...]
    at: Position


class FormattedString(NamedTuple):
    """An f-string; a t-string (`is_template`) is no string and never folds."""

    parts: tuple["Expression", ...]
    at: Position
    is_template: bool = False


class Binary(NamedTuple):
    """`operator` is the token: `+`, `|`, `%` …"""

    operator: str
    left: "Expression"
    right: "Expression"
    at: Position


class Unary(NamedTuple):
    """`operator` is `-`, `+`, `~` or `not`."""

    operator: str
    operand: "Expression"
    at: Position


class Boolean(NamedTuple):
    operator: Literal["and", "or"]
    values: tuple["Expression", ...]
    at: Position


class Comparison(NamedTuple):
    left: "Expression"
    operators: tuple[str, ...]
    comparators: tuple["Expression", ...]
    at: Position


class Conditional(NamedTuple):
    test: "Expression"
    body: "Expression"
    orelse: "Expression"
    at: Position


class Generator(NamedTuple):
    """One `for target in iterable if conditions` of a comprehension."""

    target: "Expression"
    iterable: "Expression"
    conditions: tuple["Expression", ...]
    is_async: bool


class Comprehension(NamedTuple):
    """`elements` holds one expression, or key and value of a dict's."""

    kind: Literal["list", "set", "dict", "generator"]
    elements: tuple["Expression", ...]
    generators: tuple[Generator, ...]
    at: Position


class Await(NamedTuple):
    value: "Expression"
    at: Position


class Yield(NamedTuple):
    value: Union["Expression", None]
    is_from: bool
    at: Position


class Walrus(NamedTuple):
    target: Name
    value: "Expression"
    at: Position


class Slice(NamedTuple):
    parts: tuple["Expression", ...]
    at: Position


class Lambda(NamedTuple):
    """Its function is named `<lambda>` and returns the body."""

    function: "Function"
    at: Position


Expression: TypeAlias = (
    Constant
    | Name
    | Attribute
    | Starred
    | Call
    | Subscript
    | Sequence
    | Mapping
    | Formatted
    | FormattedString
    | Binary
    | Unary
    | Boolean
    | Comparison
    | Conditional
    | Comprehension
    | Await
    | Yield
    | Walrus
    | Slice
    | Lambda
)


class Parameter(NamedTuple):
    name: str
    kind: Literal["positional-only", "positional", "variadic", "keyword-only", "variadic-keyword"]
    annotation: Expression | None
    default: Expression | None
    at: Position


class Function(NamedTuple):
    """A `def`, or the body of a lambda.

    `at` runs from `def` (or `async`) to the end of the body, `name_at` is the name alone. `locals`
    are the names bound in the body, without those declared global or nonlocal.
    """

    name: str
    parameters: tuple[Parameter, ...]
    returns: Expression | None
    decorators: tuple[Expression, ...]
    body: tuple["Statement", ...]
    is_async: bool
    is_generator: bool
    doc: str | None
    type_parameters: tuple[str, ...]
    locals: frozenset[str]
    at: Position
    name_at: Position


# --- statements ------------------------------------------------------------------------------------


class Assign(NamedTuple):
    """`a = b = value`; `doc` is the string literal that stands alone on the next line."""

    targets: tuple[Expression, ...]
    value: Expression
    doc: str | None
    at: Position


class AnnotatedAssign(NamedTuple):
    target: Expression
    annotation: Expression
    value: Expression | None
    doc: str | None
    at: Position


class AugmentedAssign(NamedTuple):
    target: Expression
    operator: str
    value: Expression
    at: Position


class TypeAliasStatement(NamedTuple):
    """`type Name[T] = value`."""

    name: str
    type_parameters: tuple[str, ...]
    value: Expression
    at: Position


class Evaluate(NamedTuple):
    """An expression standing alone."""

    value: Expression
    at: Position


class Return(NamedTuple):
    value: Expression | None
    at: Position


class Raise(NamedTuple):
    exception: Expression | None
    cause: Expression | None
    at: Position


class Assert(NamedTuple):
    test: Expression
    message: Expression | None
    at: Position


class Delete(NamedTuple):
    targets: tuple[Expression, ...]
    at: Position


class ImportedName(NamedTuple):
    """`name as bound`; `bound` is None where nothing is renamed. `name` is `*` for a star import."""

    name: str
    bound: str | None
    at: Position


class Import(NamedTuple):
    """`import a.b, c as d`."""

    names: tuple[ImportedName, ...]
    at: Position


class ImportFrom(NamedTuple):
    """`from ..module import names`; `level` counts the dots, `module` may be empty."""

    module: str
    level: int
    names: tuple[ImportedName, ...]
    at: Position


class Scope(NamedTuple):
    """`global` or `nonlocal` names."""

    kind: Literal["global", "nonlocal"]
    names: tuple[str, ...]
    at: Position


class If(NamedTuple):
    test: Expression
    body: tuple["Statement", ...]
    orelse: tuple["Statement", ...]
    at: Position


class For(NamedTuple):
    target: Expression
    iterable: Expression
    body: tuple["Statement", ...]
    orelse: tuple["Statement", ...]
    is_async: bool
    at: Position


class While(NamedTuple):
    test: Expression
    body: tuple["Statement", ...]
    orelse: tuple["Statement", ...]
    at: Position


class Handler(NamedTuple):
    """`except exception as name`."""

    exception: Expression | None
    name: str | None
    body: tuple["Statement", ...]
    at: Position


class Try(NamedTuple):
    body: tuple["Statement", ...]
    handlers: tuple[Handler, ...]
    orelse: tuple["Statement", ...]
    final: tuple["Statement", ...]
    at: Position


class WithItem(NamedTuple):
    context: Expression
    target: Expression | None


class With(NamedTuple):
    items: tuple[WithItem, ...]
    body: tuple["Statement", ...]
    is_async: bool
    at: Position


class Case(NamedTuple):
    """One `case`: names bound to the whole subject, names bound to parts of it, expressions it names."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]
    mentions: tuple[Expression, ...]
    guard: Expression | None
    body: tuple["Statement", ...]
    is_irrefutable: bool


class Match(NamedTuple):
    subject: Expression
    cases: tuple[Case, ...]
    at: Position


class Jump(NamedTuple):
    kind: Literal["break", "continue", "pass"]
    at: Position


class Class(NamedTuple):
    """A `class`; `at` runs from `class` to the end of the body, `name_at` is the name alone."""

    name: str
    bases: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]
    decorators: tuple[Expression, ...]
    body: tuple["Statement", ...]
    doc: str | None
    type_parameters: tuple[str, ...]
    at: Position
    name_at: Position


Statement: TypeAlias = (
    Assign
    | AnnotatedAssign
    | AugmentedAssign
    | TypeAliasStatement
    | Evaluate
    | Return
    | Raise
    | Assert
    | Delete
    | Import
    | ImportFrom
    | Scope
    | If
    | For
    | While
    | Try
    | With
    | Match
    | Jump
    | Function
    | Class
)


# --- files -----------------------------------------------------------------------------------------


class Directive(NamedTuple):
    """A comment `# infragraph: kind[argument, …]`; `alone` where nothing else stands on its line."""

    kind: str
    arguments: tuple[str, ...]
    alone: bool
    at: Position


class FileFault(NamedTuple):
    """Why a file could not be read; `kind` is one of the reasons the report counts."""

    kind: Literal[
        "syntax",
        "too-deep",
        "too-complex",
        "encoding",
        "timeout",
        "parser-crash",
        "too-large",
        "too-many-lines",
    ]
    detail: str
    at: Position


class ModuleFacts(NamedTuple):
    """All that is kept of one file; a file with a fault has an empty body."""

    body: tuple[Statement, ...]
    doc: str | None
    directives: tuple[Directive, ...]
    fault: FileFault | None
