"""Every module of a tree, with what its top-level names are bound to."""

import ast
import gc
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Imported:
    """`name` of a module, or the module itself."""

    module: str
    name: str | None


Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Binding: TypeAlias = Imported | Definition | ast.expr


@dataclass(slots=True)
class Module:
    name: str
    is_package: bool
    names: dict[str, Binding] = field(default_factory=dict[str, Binding])
    stars: list[str] = field(default_factory=list[str])


def modules(tree: Path) -> dict[str, Module]:
    """By dotted name; what this Python cannot parse is left out."""
    found: dict[str, Module] = {}
    gc.disable()  # Millions of nodes that all stay: looking for garbage takes longer than parsing.
    for file in sorted(tree.rglob("*.py")):
        parts = file.relative_to(tree).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        module = Module(name, is_package)
        body = _parsed(file)
        if body is not None:
            _bind(module, body)
            found[name] = module
    gc.freeze()
    gc.enable()
    return found


def imports(statement: ast.Import | ast.ImportFrom, module: Module) -> dict[str, Binding]:
    """The names that an import binds, but for a star's."""
    bound: dict[str, Binding] = {}
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            first = alias.name.partition(".")[0]
            target = alias.name if alias.asname else first
            bound[alias.asname or first] = Imported(target, None)
        return bound
    origin = _origin(statement, module)
    for alias in statement.names:
        if alias.name != "*":
            bound[alias.asname or alias.name] = Imported(origin, alias.name)
    return bound


def assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
        case _:
            pass


def _parsed(file: Path) -> list[ast.stmt] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(file.read_bytes()).body
    except (SyntaxError, ValueError):
        return None


def _bind(module: Module, body: Iterable[ast.stmt]) -> None:
    for statement in body:
        match statement:
            case ast.ImportFrom(names=[ast.alias(name="*")]):
                module.stars.append(_origin(statement, module))
            case ast.Import() | ast.ImportFrom():
                module.names.update(imports(statement, module))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                module.names[statement.name] = statement
            case ast.If() | ast.Try() | ast.With():
                for part in ast.iter_child_nodes(statement):
                    if isinstance(part, ast.stmt):
                        _bind(module, [part])
                    elif isinstance(part, ast.ExceptHandler):
                        _bind(module, part.body)
            case _:
                module.names.update(assigned(statement))


def _origin(statement: ast.ImportFrom, module: Module) -> str:
    if not statement.level:
        return statement.module or ""
    parts = module.name.split(".")
    kept = len(parts) - statement.level + module.is_package
    return ".".join([*parts[: max(kept, 0)], *filter(None, [statement.module])])
