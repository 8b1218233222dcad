"""Where text comes from and where in it something stands."""

from dataclasses import dataclass
from typing import NamedTuple, TypeVar, dataclass_transform

from infragraph.model.sketch import Sketch

Form = TypeVar("Form")


class Position(NamedTuple):
    """A stretch of one file: 1-based lines, 1-based columns in code points, an exclusive end."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SourceSpan:
    """A stretch of a named file; `path` is relative to the analyzed root, with forward slashes."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def at(cls, path: str, position: Position) -> "SourceSpan":
        return cls(
            path=path,
            line=position.line,
            column=position.column,
            end_line=position.end_line,
            end_column=position.end_column,
        )


@dataclass_transform(frozen_default=True, kw_only_default=True)
def _many(form: type[Form]) -> type[Form]:
    """Frozen to type checkers alone: a frozen class costs thrice to fill, and thousands are."""
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(form)


@_many
class SourceFile:
    """One Python file; `module` is its dotted name, `is_package` says `__init__.py`.

    Its content is given, or stands at `location` and is read where it is needed; then `sketch` says
    what was in it when it was found, and `digest` stands for that.

    A file of a library named in the configuration has `is_library`: it gives types and helpers,
    and nothing in it is reported.
    """

    path: str
    module: str
    content: bytes = b""
    location: str | None = None
    sketch: Sketch | None = None
    digest: bytes = b""
    is_package: bool = False
    is_library: bool = False
