"""What a library is to the machine: names whose meaning is given, instead of read from source."""

from collections.abc import Callable
from typing import Literal, Protocol, TypeAlias

from infragraph.frontend.frame import Frame
from infragraph.frontend.values import NOTHING, Place, Value, Values
from infragraph.model import facts


@facts.fact
class Argument:
    """One argument of a call; `name` is a keyword's, `star` is `*` or `**` where it is spread."""

    values: Values
    place: Place
    expression: facts.Expression | None = None
    name: str | None = None
    star: Literal["", "*", "**"] = ""


Caller: TypeAlias = Callable[[Frame, Values, tuple[Argument, ...], Place], Values]
"""What calls a value, for modules that calls themselves are made of."""


@facts.fact
class LibraryCall:
    """A call of something that belongs to a library.

    `expression` is None where source has no such call. `is_decorator` marks the application of a
    decorator, whose result replaces the decorated thing.
    """

    callee: Value
    arguments: tuple[Argument, ...]
    place: Place
    expression: facts.Expression | None = None
    is_decorator: bool = False

    def positional(self, index: int) -> Values:
        plain = [argument for argument in self.arguments if argument.name is None]
        return plain[index].values if index < len(plain) else NOTHING

    def keyword(self, name: str) -> Values:
        for argument in self.arguments:
            if argument.name == name:
                return argument.values
        return NOTHING


class Library(Protocol):
    """The meaning of the names of one library; each method answers None for what is not its own."""

    @property
    def distinctive(self) -> frozenset[str]:
        """The verbs of its resources that objects of other libraries seldom have."""
        ...

    @property
    def top_level(self) -> frozenset[str]:
        """The top-level names by which source imports it."""
        ...

    def names(self, module: str, /) -> frozenset[str] | None:
        """The public names of one of its modules, for `from module import *`."""
        ...

    def is_read(self, path: str, /) -> bool:
        """Whether a dotted name is one that declares or uses something."""
        ...

    def call(self, frame: Frame, call: LibraryCall, /) -> Values | None:
        """What a call gives, having recorded in `frame` what it does."""
        ...

    def attribute(self, frame: Frame, receiver: Value, name: str, place: Place, /) -> Values | None:
        """An attribute of one of its objects."""
        ...

    def annotated(self, path: str, /) -> str | None:
        """The kind of resource that a parameter with this type would hold."""
        ...

    def passed(self, frame: Frame, value: Value, place: Place, /) -> bool:
        """Take note that a value is handed to unread code; whether it is one of its own."""
        ...
