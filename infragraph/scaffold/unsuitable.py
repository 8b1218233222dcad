"""Values that are not put into a template."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsuitable:
    """A value that could mean more than itself where it would stand; `what` says what it is.

    An empty one is none at all.
    """

    what: str
    value: str

    def reason(self) -> str:
        if not self.value:
            return f"there is no {self.what} to generate it from"
        return f"{self.value!r} is a {self.what} that cannot stand in a generated file"
