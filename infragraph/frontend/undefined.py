"""Names that a file uses and that nothing can have given it."""

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from functools import cache
from typing import NamedTuple, TypeAlias, cast

from infragraph.frontend.builtin_names import BUILTINS
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.parts import INSIDE, parts
from infragraph.frontend.program import Module, Program
from infragraph.frontend.values import Place
from infragraph.model import facts

OF_MODULES = frozenset({"__doc__", "__file__", "__name__", "__package__", "__path__", "__spec__"})
REFLECTIVE = frozenset({"exec", "globals", "locals", "setattr", "vars"})
"""What may define names that are not written; a file that mentions one is not judged."""


class Undefined(NamedTuple):
    """A name that is not defined where it is used, and why."""

    name: str
    place: Place
    reason: str


class Names(NamedTuple):
    """The names that a file binds: at its top, which its functions' globals are, and anywhere."""

    top: frozenset[str]
    anywhere: frozenset[str]


NamesOf: TypeAlias = Callable[[Module], Names | None]
"""`names`, as a caller that asks about many modules remembers what it gave."""


def undefined(
    program: Program,
    module: Module,
    names_of: NamesOf,
    *,
    decorators: AbstractSet[str],
    others: AbstractSet[str],
) -> Iterator[Undefined]:
    """What begins with a name that nothing binds, or that is imported from where it is not.

    Looked at are the attributes of names that are one of `decorators` in a decorator, or one of
    `others`. Inside a function a name counts as bound wherever something of the file binds it.
    """
    top: list[object] = [module.facts.body]
    inside: list[object] = []
    for waiting, is_top in ((top, True), (inside, False)):
        found = _look_through(waiting, inside, decorators, others)
        for among, wanted in ((found.decorating, decorators), (found.others, others)):
            for attribute, name in among:
                if attribute in wanted:
                    reason = _reason(program, module, names_of, name.id, is_top=is_top)
                    if reason is not None:
                        yield Undefined(name.id, Place(module.path, name.at), reason)


class _Found(NamedTuple):
    """Attributes of names: of what decorates, and others."""

    decorating: list[tuple[str, facts.Name]]
    others: list[tuple[str, facts.Name]]


def _look_through(
    waiting: list[object],
    inside: list[object],
    decorators: AbstractSet[str],
    others: AbstractSet[str],
) -> _Found:
    """What waits; what stands in functions then waits `inside`."""
    found = _Found([], [])
    while waiting:
        node = waiting.pop()
        form = type(node)
        # Most of what there is, and nothing in it.
        if form is facts.Constant or form is facts.Name or form not in INSIDE:
            if form is tuple:
                waiting.extend(cast("tuple[object, ...]", node))
            continue
        match node:
            case facts.Attribute(facts.Name() as name, attribute):
                found.others.append((attribute, name))
            case facts.Function():
                if _may_hold(node, decorators, others):
                    inside.append(node.body)
                inside.append(node.parameters)
                for decorator in node.decorators:
                    callee = _callee(decorator, waiting)
                    match callee:
                        case facts.Attribute(facts.Name() as name, attribute):
                            found.decorating.append((attribute, name))
                        case _:
                            waiting.append(callee)
            case _:
                waiting.extend(INSIDE[form](node))
    return found


def _may_hold(
    function: facts.Function, decorators: AbstractSet[str], others: AbstractSet[str]
) -> bool:
    """Whether the text of a function allows for one of the attributes in its body."""
    within = function.within
    if not isinstance(within, DeferredBody) or _reads(frozenset(others)).search(within.text):
        return True
    is_decorating = within.text.count("@") > len(function.decorators)
    return is_decorating and not within.words.isdisjoint(decorators)


@cache
def _reads(attributes: frozenset[str]) -> re.Pattern[str]:
    """What stands in any text that reads one of these attributes of something."""
    # Between a dot and the name may stand the end of a line, behind `\\` or a comment.
    return re.compile(rf"\.(?:[\s\\]|#.*\n)*(?:{'|'.join(sorted(attributes))})\b")


def _callee(decorator: facts.Expression, waiting: list[object]) -> facts.Expression:
    """What a decorator is that is made by calls; their arguments wait."""
    while isinstance(decorator, facts.Call):
        waiting.append((decorator.arguments, decorator.keywords))
        decorator = decorator.callee
    return decorator


def _reason(
    program: Program, module: Module, names_of: NamesOf, name: str, *, is_top: bool
) -> str | None:
    statement = module.bindings.get(name)
    if isinstance(statement, facts.ImportFrom):
        return _imported_in_vain(program, module, names_of, statement, name)
    if statement is not None or name in BUILTINS | OF_MODULES:
        return None
    bound = names_of(module)
    if bound is None or name in (bound.top if is_top else bound.anywhere):
        return None
    return "nothing in this file binds it"


def _imported_in_vain(
    program: Program,
    module: Module,
    names_of: NamesOf,
    statement: facts.ImportFrom,
    name: str,
) -> str | None:
    """Why an import cannot give a name; None where it may."""
    source = program.absolute(module, statement.module, statement.level)
    origin = program.modules.get(source or "")
    if origin is None or origin.is_library or program.is_unread(origin.name):
        return None
    (*_, wanted) = [it.name for it in statement.names if (it.bound or it.name) == name]
    if wanted in origin.bindings or program.holds(f"{origin.name}.{wanted}"):
        return None
    offered = names_of(origin)
    if offered is None or not offered.top.isdisjoint({wanted, "__getattr__"}):
        return None
    return None if wanted in OF_MODULES else f"'{origin.name}' has no '{wanted}'"


def names(module: Module) -> Names | None:
    """What a file binds; None where that is not all that it may have."""
    top: set[str] = set()
    inner: set[str] = set()
    waiting: list[tuple[object, set[str]]] = [(module.facts.body, top)]
    while waiting:
        node, found = waiting.pop()
        match node:
            case facts.ImportFrom() if any(name.name == "*" for name in node.names):
                return None
            case facts.Name(id) if id in REFLECTIVE:
                return None
            case facts.Name() | facts.Attribute() | facts.Keyword() | facts.Constant():
                waiting.extend((part, found) for part in parts(node))
            case facts.ImportedName():
                found.add(node.bound or node.name.partition(".")[0])
            case facts.Scope(kind="global"):
                top.update(node.names)
            case facts.Function():
                found.add(node.name)
                inner |= _written(node)
                waiting.append((node.decorators, found))
                waiting.append(((node.parameters, node.body), inner))
            case _:
                found |= _written(node)
                waiting.extend((part, found) for part in parts(node))
    return Names(frozenset(top), frozenset(top | inner))


def _written(node: object) -> set[str]:
    """The names that a fact gives as texts, and those in what it assigns to."""
    targets: list[object] = [getattr(node, "target", None), getattr(node, "targets", ())]
    found: set[str] = set()
    while targets:
        target = targets.pop()
        if isinstance(target, facts.Name):
            found.add(target.id)
        targets.extend(parts(target))
    for part in _fields(node):
        texts = cast("Iterable[object]", part) if isinstance(part, tuple | frozenset) else (part,)
        found |= {text for text in texts if isinstance(text, str)}
    return found


def _fields(node: object) -> Iterator[object]:
    if is_dataclass(node):
        for field in fields(node):
            yield getattr(node, field.name)
