"""What is written in one file, without judgement.

Facts are a pure function of a file's bytes: no path, no other file, no syntax node of a parser.
They keep the order and the control structure of statements, because rules about effects (a publish
after a write) need both.
"""

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, TypeVar, Union, dataclass_transform

from infragraph.model.source import Position

Form = TypeVar("Form")


@dataclass_transform(frozen_default=True)
def fact(form: type[Form]) -> type[Form]:
    """A form of fact: frozen to type checkers alone, since a frozen class costs thrice to fill."""
    return dataclass(slots=True, unsafe_hash=True)(form)


Scalar: TypeAlias = str | bytes | int | float | complex | bool | None


@fact
class Constant:
    """A literal; an ellipsis is `is_ellipsis`, since no other value may stand for it.

    So is an integer of thousands of digits, of no use to anybody. Half of a surrogate pair in a
    string is U+FFFD.
    """

    value: Scalar
    at: Position
    is_ellipsis: bool = False


@fact
class Name:
    id: str
    at: Position


@fact
class Attribute:
    value: "Expression"
    name: str
    at: Position


@fact
class Starred:
    value: "Expression"
    at: Position


@fact
class Keyword:
    """A keyword argument; `name` is None for `**value`."""

    name: str | None
    value: "Expression"
    at: Position


@fact
class Call:
    callee: "Expression"
    arguments: tuple["Expression", ...]
    keywords: tuple[Keyword, ...]
    at: Position


@fact
class Subscript:
    value: "Expression"
    index: "Expression"
    at: Position


@fact
class Sequence:
    kind: Literal["tuple", "list", "set"]
    elements: tuple["Expression", ...]
    at: Position


@fact
class Mapping:
    """A dict display; a key of None stands before a `**value`."""

    keys: tuple[Union["Expression", None], ...]
    values: tuple["Expression", ...]
    at: Position


@fact
class Formatted:
    """`{value!conversion:spec}` in an f-string; `spec` is empty where none is written."""

    value: "Expression"
    conversion: Literal["", "s", "r", "a"]
    spec: tuple["Expression", ...]
    at: Position


@fact
class FormattedString:
    """An f-string; a t-string (`is_template`) is no string and never folds."""

    parts: tuple["Expression", ...]
    at: Position
    is_template: bool = False


@fact
class Binary:
    """`operator` is the token, such as `+`, `|` or `%`."""

    operator: str
    left: "Expression"
    right: "Expression"
    at: Position


@fact
class Unary:
    """`operator` is `-`, `+`, `~` or `not`."""

    operator: str
    operand: "Expression"
    at: Position


@fact
class Boolean:
    operator: Literal["and", "or"]
    values: tuple["Expression", ...]
    at: Position


@fact
class Comparison:
    left: "Expression"
    operators: tuple[str, ...]
    comparators: tuple["Expression", ...]
    at: Position


@fact
class Conditional:
    test: "Expression"
    body: "Expression"
    orelse: "Expression"
    at: Position


@fact
class Generator:
    """One `for target in iterable if conditions` of a comprehension."""

    target: "Expression"
    iterable: "Expression"
    conditions: tuple["Expression", ...]
    is_async: bool


@fact
class Comprehension:
    """`elements` holds one expression, or key and value of a dict's."""

    kind: Literal["list", "set", "dict", "generator"]
    elements: tuple["Expression", ...]
    generators: tuple[Generator, ...]
    at: Position


@fact
class Await:
    value: "Expression"
    at: Position


@fact
class Yield:
    value: Union["Expression", None]
    is_from: bool
    at: Position


@fact
class Walrus:
    target: Name
    value: "Expression"
    at: Position


@fact
class Slice:
    """`start:stop:step`; what is not written is None, as in Python."""

    parts: tuple["Expression", ...]
    at: Position


@fact
class Lambda:
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


@fact
class Parameter:
    name: str
    kind: Literal["positional-only", "positional", "variadic", "keyword-only", "variadic-keyword"]
    annotation: Expression | None
    default: Expression | None
    at: Position


@fact
class Body:
    """What stands in a function.

    `locals` are the names bound in it, without those declared global or nonlocal.
    """

    statements: tuple["Statement", ...]
    is_generator: bool
    doc: str | None
    locals: frozenset[str]

    def lowered(self) -> "Body":
        return self


class Within(Protocol):
    """A body, or what it is made of once something of it is asked for."""

    def lowered(self) -> Body: ...


@fact
class Function:
    """A `def`, or the body of a lambda.

    `at` runs from `def` (or `async`) to the end of the body, `name_at` is the name alone.
    """

    name: str
    parameters: tuple[Parameter, ...]
    returns: Expression | None
    decorators: tuple[Expression, ...]
    within: "Within"
    is_async: bool
    type_parameters: tuple[str, ...]
    at: Position
    name_at: Position

    @property
    def body(self) -> tuple["Statement", ...]:
        return self.within.lowered().statements

    @property
    def is_generator(self) -> bool:
        return self.within.lowered().is_generator

    @property
    def doc(self) -> str | None:
        return self.within.lowered().doc

    @property
    def locals(self) -> frozenset[str]:
        return self.within.lowered().locals


@fact
class Assign:
    """`a = b = value`; `doc` is the string literal that stands alone on the next line."""

    targets: tuple[Expression, ...]
    value: Expression
    doc: str | None
    at: Position


@fact
class AnnotatedAssign:
    target: Expression
    annotation: Expression
    value: Expression | None
    doc: str | None
    at: Position


@fact
class AugmentedAssign:
    target: Expression
    operator: str
    value: Expression
    at: Position


@fact
class TypeAliasStatement:
    """`type Name[T] = value`."""

    name: str
    type_parameters: tuple[str, ...]
    value: Expression
    at: Position


@fact
class Evaluate:
    """An expression standing alone."""

    value: Expression
    at: Position


@fact
class Return:
    value: Expression | None
    at: Position


@fact
class Raise:
    exception: Expression | None
    cause: Expression | None
    at: Position


@fact
class Assert:
    test: Expression
    message: Expression | None
    at: Position


@fact
class Delete:
    targets: tuple[Expression, ...]
    at: Position


@fact
class ImportedName:
    """`name as bound`; `bound` is None where nothing is renamed, `name` is `*` for all names."""

    name: str
    bound: str | None
    at: Position


@fact
class Import:
    """`import a.b, c as d`."""

    names: tuple[ImportedName, ...]
    at: Position


@fact
class ImportFrom:
    """`from ..module import names`; `level` counts the dots, `module` may be empty."""

    module: str
    level: int
    names: tuple[ImportedName, ...]
    at: Position


@fact
class Scope:
    """`global` or `nonlocal` names."""

    kind: Literal["global", "nonlocal"]
    names: tuple[str, ...]
    at: Position


@fact
class If:
    test: Expression
    body: tuple["Statement", ...]
    orelse: tuple["Statement", ...]
    at: Position


@fact
class For:
    target: Expression
    iterable: Expression
    body: tuple["Statement", ...]
    orelse: tuple["Statement", ...]
    is_async: bool
    at: Position


@fact
class While:
    test: Expression
    body: tuple["Statement", ...]
    orelse: tuple["Statement", ...]
    at: Position


@fact
class Handler:
    """`except exception as name`."""

    exception: Expression | None
    name: str | None
    body: tuple["Statement", ...]
    at: Position


@fact
class Try:
    body: tuple["Statement", ...]
    handlers: tuple[Handler, ...]
    orelse: tuple["Statement", ...]
    final: tuple["Statement", ...]
    at: Position


@fact
class WithItem:
    context: Expression
    target: Expression | None


@fact
class With:
    items: tuple[WithItem, ...]
    body: tuple["Statement", ...]
    is_async: bool
    at: Position


@fact
class Case:
    """One `case`: names bound to the whole subject and to parts of it, expressions it names."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]
    mentions: tuple[Expression, ...]
    guard: Expression | None
    body: tuple["Statement", ...]
    is_irrefutable: bool


@fact
class Match:
    subject: Expression
    cases: tuple[Case, ...]
    at: Position


@fact
class Jump:
    kind: Literal["break", "continue", "pass"]
    at: Position


@fact
class Class:
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


@fact
class Directive:
    """A comment `# infragraph: kind[argument, …]`; `alone` where nothing else is on its line."""

    kind: str
    arguments: tuple[str, ...]
    alone: bool
    at: Position


@fact
class FileFault:
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
        "file-not-read",
    ]
    detail: str
    at: Position


@fact
class ModuleFacts:
    """All that is kept of one file; a file with a fault has an empty body."""

    body: tuple[Statement, ...]
    doc: str | None
    directives: tuple[Directive, ...]
    fault: FileFault | None
