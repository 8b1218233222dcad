"""What a file's bytes say before it is parsed."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

ALL = "*"
"""The name that a star import imports."""

SketchedImport: TypeAlias = tuple[int, str, tuple[str, ...]]
"""`from …module import names`, with none for `import module`; the number counts the dots."""


class Sketch(NamedTuple):
    """Which libraries are named whose declarations are read, and what is imported.

    A module that `is_dynamic` makes names in `__getattr__`. One that `has_directive` may speak to
    this tool in a comment.
    """

    tokens: tuple[str, ...]
    is_dynamic: bool
    has_directive: bool
    imports: tuple[SketchedImport, ...]

    def imported_modules(self) -> Iterator[str]:
        """The dotted names of modules that are imported, once for each time they are written."""
        for level, module, _ in self.imports:
            if level == 0 and module:
                yield module
