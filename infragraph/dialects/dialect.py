"""What a dialect is: a library's name, and what its names mean."""

from dataclasses import dataclass

from infragraph.frontend.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """`name` is what `dialects` in the configuration calls it."""

    name: str
    library: Library
