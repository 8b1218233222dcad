"""Abstract values: what an expression may be, as far as source alone can tell.

An expression evaluates to a set of these. The empty set means that nothing is known *yet*; `Opaque`
stands for everything that cannot be known. They are made as often as facts, and most are filled in
the same way; those of which there are never two equal ones are compared by identity.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from infragraph.frontend.blocks import nonlocal_names
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.mentions import Mentions, mentions
from infragraph.model import facts
from infragraph.model.source import Position

if TYPE_CHECKING:
    from infragraph.frontend.activation import Activation
    from infragraph.frontend.program import Module


class Place(NamedTuple):
    """Where something stands: a file and a stretch of it."""

    path: str
    at: Position


@facts.fact
class ConstantValue:
    """A constant; `type` keeps `1`, `1.0` and `True` apart, which are equal to each other."""

    value: object
    type: str


@facts.fact
class Opaque:
    """What cannot be known without running the program.

    `is_tracked` holds where a resource may hide behind it (a dynamic import, a value typed as a
    resource), so that a verb on it is reported as unresolved; `is_broad` restricts that to verbs
    that only resources have. `is_typed` says that only its type makes it a resource, which one a
    call may show; `made_by` is what was called where it is a result; `is_reported` holds where a
    finding already explains it.
    """

    reason: str
    origin: Place | None = None
    is_tracked: bool = False
    is_broad: bool = False
    is_typed: bool = False
    made_by: str = ""
    is_reported: bool = False


@facts.fact
class ModuleValue:
    name: str


@facts.fact
class LibraryValue:
    """A name of a library, by its dotted path; `type_argument` is the index of `Topic[User]`."""

    path: str
    type_argument: "TypeArgument | None" = None


@facts.fact
class TypeArgument:
    """A type as written, with the names it is to be read in."""

    expression: facts.Expression
    module: str
    classes: tuple[str, ...]

    @property
    def at(self) -> Position:
        return self.expression.at


@dataclass(eq=False, slots=True, repr=False)
class Code:
    """One function as written; the same object however often it is evaluated."""

    module: "Module"
    function: facts.Function
    qualname: str
    classes: tuple[str, ...]
    _shared: frozenset[str] | None = None
    _mentions: Mentions | None = None

    @property
    def shared(self) -> frozenset[str]:
        """The names of it that functions inside it declare nonlocal."""
        if self._shared is None:
            self._shared = nonlocal_names(self.function)
        return self._shared

    @property
    def mentions(self) -> Mentions:
        """What leads out of it."""
        if self._mentions is None:
            self._mentions = mentions(self.function)
        return self._mentions

    @property
    def deferred(self) -> DeferredBody | None:
        """Its body, where that has not been lowered, so that its words are all that is known."""
        within = self.function.within
        return within if isinstance(within, DeferredBody) and not within.is_lowered else None

    @property
    def makes_functions(self) -> bool:
        """Whether functions stand in it, one of which it may give back."""
        deferred = self.deferred
        may = deferred is None or deferred.may_make_functions
        return may and self.mentions.makes_functions

    @property
    def is_initializer(self) -> bool:
        return self.function.name == "__init__" and bool(self.function.parameters)

    @property
    def symbol(self) -> str:
        return f"{self.module.name}.{self.qualname}"

    @property
    def place(self) -> Place:
        return Place(self.module.path, self.function.name_at)


Role: TypeAlias = Literal["plain", "static", "class", "property", "context"]


@dataclass(eq=False, slots=True)
class FunctionValue:
    """A function with what it closes over; `role` is what a decorator made of it.

    Made by the machine alone, so that there are no two of one.
    """

    code: Code
    closure: "Activation | None"
    owner: "ClassValue | None"
    role: Role = "plain"


@dataclass(eq=False, slots=True, repr=False)
class ClassValue:
    """A class as written, in one enclosing activation; its names are kept by the store."""

    module: "Module"
    definition: facts.Class
    qualname: str
    closure: "Activation | None"
    _objects: "dict[tuple[Place | None, Activation | None], Instance] | None" = None

    @property
    def symbol(self) -> str:
        return f"{self.module.name}.{self.qualname}"

    def object(self, place: Place | None, activation: "Activation | None") -> "Instance":
        """What one call makes in one activation, the same each time."""
        if self._objects is None:
            self._objects = {}
        key = (place, activation)
        value = self._objects.get(key)
        if value is None:
            value = self._objects[key] = Instance(self, place, activation)
        return value


@dataclass(eq=False, slots=True)
class Instance:
    """The objects that one call makes in one activation; without both, any of the class.

    Made by its class alone, so that there are no two of one.
    """

    of: ClassValue
    place: Place | None
    activation: "Activation | None"


EnumBase: TypeAlias = Literal["str-enum", "str", "int", ""]
"""What the members of an enum are besides; `str-enum` also fills in their values."""


@facts.fact
class EnumMember:
    """A member of an enum of the application; `base` says what else it is."""

    of: ClassValue
    name: str
    value: ConstantValue | None
    base: EnumBase


ContainerKind: TypeAlias = Literal["list", "set", "dict", "box", "namespace", "dispatch"]


@dataclass(eq=False, slots=True)
class Container:
    """The lists, sets and dicts that one expression makes in one activation.

    A `box` is an object of the standard library that gives back what it was given (a queue, a
    context variable, a task), a `namespace` one with attributes of any name, a `dispatch` a generic
    function. Made by the machine alone, so that there are no two of one.
    """

    kind: ContainerKind
    place: Place
    activation: "Activation | None"


@facts.fact
class TupleValue:
    """A tuple; `rest` are further elements whose number is not known."""

    elements: tuple["Values", ...]
    rest: "Values" = frozenset()


@facts.fact
class RecordValue:
    """Keyword arguments on their way through `**options`."""

    entries: tuple[tuple[str, "Values"], ...]
    rest: "Values" = frozenset()


@facts.fact
class GeneratorValue:
    """What calling a generator gives; with `is_context`, a context manager made of one."""

    activation: "Activation"
    is_context: bool


@facts.fact
class BoundMethod:
    receiver: "Value"
    function: FunctionValue


@facts.fact
class Super:
    """`super()` in a method: attributes are looked up behind `after`."""

    after: ClassValue
    receiver: "Value"


@facts.fact
class Partial:
    """A callable with some of its arguments; `is_method` where a class binds it to its objects."""

    callee: "Value"
    positional: tuple["Values", ...]
    keywords: tuple[tuple[str, "Values"], ...]
    is_method: bool = False


@facts.fact
class Declared:
    """A declared resource, by its declaration's key; `handler` is an entry point's function."""

    key: str
    kind: str
    handler: "Value | None" = None


@facts.fact
class Handle:
    """What a verb returned that counts as the resource: a transaction, a connection."""

    of: Declared
    role: str


@facts.fact
class Member:
    """An attribute of a library's object, of a container or of a constant, not called yet."""

    receiver: "Value"
    name: str


Value: TypeAlias = (
    ConstantValue
    | Opaque
    | ModuleValue
    | LibraryValue
    | FunctionValue
    | ClassValue
    | Instance
    | EnumMember
    | Container
    | TupleValue
    | RecordValue
    | GeneratorValue
    | BoundMethod
    | Super
    | Partial
    | Declared
    | Handle
    | Member
)
Values: TypeAlias = frozenset[Value]

CALLABLE = (FunctionValue, BoundMethod, Partial)
"""Functions of the application, as they are passed on."""

NOTHING: Values = frozenset()
UNKNOWN: Values = frozenset((Opaque("it is not known before the program runs"),))


def literal(value: object) -> ConstantValue:
    return ConstantValue(value, type(value).__name__)


def opaque(reason: str, origin: Place | None = None) -> Values:
    return frozenset((Opaque(reason, origin),))
