"""What a name leads to, through imports, re-exports, stars and attributes of modules."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from benchmarks.oracle.modules import Imported, Module

LIBRARY = "infragraph"


@dataclass(frozen=True, slots=True)
class Place:
    """A module of the tree, or the library."""

    module: str


@dataclass(frozen=True, slots=True)
class Found:
    """A definition or a value, where it is written."""

    module: str
    name: str
    node: ast.AST


@dataclass(frozen=True, slots=True)
class Library:
    """A name of the library."""

    name: str


Meaning: TypeAlias = Place | Found | Library
Seen: TypeAlias = frozenset[tuple[str, str]]

NOTHING: Seen = frozenset()


@dataclass(frozen=True, slots=True)
class Names:
    modules: Mapping[str, Module]

    def of(self, module: str, name: str, seen: Seen = NOTHING) -> Meaning | None:
        """What `name` means in `module`; a binding wins over a submodule, and both over a star."""
        if module == LIBRARY:
            return Library(name)
        if module not in self.modules or (module, name) in seen:
            return None
        seen |= {(module, name)}
        match self.modules[module].names.get(name):
            case None:
                return self._unbound(module, name, seen)
            case Imported() as binding:
                return self.imported(binding, seen)
            case ast.Name() | ast.Attribute() as alias:
                return self.meaning(module, alias, seen)
            case node:
                return Found(module, name, node)

    def meaning(self, module: str, expression: ast.AST, seen: Seen = NOTHING) -> Meaning | None:
        """What a dotted name means at the top level of `module`."""
        match expression:
            case ast.Name(id=name):
                return self.of(module, name, seen)
            case ast.Attribute(value=value, attr=name):
                return self.attribute(self.meaning(module, value, seen), name, seen)
            case _:
                return None

    def attribute(self, owner: Meaning | None, name: str, seen: Seen = NOTHING) -> Meaning | None:
        return self.of(owner.module, name, seen) if isinstance(owner, Place) else None

    def imported(self, binding: Imported, seen: Seen = NOTHING) -> Meaning | None:
        if binding.name is not None:
            return self.of(binding.module, binding.name, seen)
        known = binding.module == LIBRARY or binding.module in self.modules
        return Place(binding.module) if known else None

    def text(self, module: str, expression: ast.AST) -> str | None:
        """A string that is written down, also in parts and by way of constants."""
        match expression:
            case ast.Constant(value=str() as value):
                return value
            case ast.JoinedStr(values=parts):
                return self._joined(module, parts)
            case ast.FormattedValue(value=value):
                return self.text(module, value)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._joined(module, [left, right])
            case _:
                constant = self.meaning(module, expression)
                return (
                    self.text(constant.module, constant.node)
                    if isinstance(constant, Found)
                    else None
                )

    def _unbound(self, module: str, name: str, seen: Seen) -> Meaning | None:
        """A submodule, or what a star brings; the last star wins."""
        if f"{module}.{name}" in self.modules:
            return Place(f"{module}.{name}")
        stars = () if name.startswith("_") else reversed(self.modules[module].stars)
        meanings = (self.of(star, name, seen) for star in stars)
        return next((meaning for meaning in meanings if meaning is not None), None)

    def _joined(self, module: str, parts: list[ast.expr]) -> str | None:
        texts = [self.text(module, part) for part in parts]
        known = [text for text in texts if text is not None]
        return "".join(known) if len(known) == len(texts) else None
