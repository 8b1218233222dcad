"""What a function uses, itself and in all that it leads to."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from benchmarks.oracle.modules import Binding, Imported, assigned, imports
from benchmarks.oracle.names import Found, Meaning, Names
from benchmarks.oracle.resources import resource

_RELATIONS = {
    "topic": ("publishes", frozenset({"publish", "publish_many", "publish_sync"})),
    "database": ("queries", frozenset({"execute", "fetch", "fetch_one", "transaction", "connect"})),
    "bucket": ("stores", frozenset({"upload", "download", "delete", "list", "exists"})),
    "secret": ("reads", frozenset({"get"})),
}

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class of the tree, by the value that made it."""

    made: Found
    of: Found


Value: TypeAlias = Meaning | Instance


@dataclass(slots=True)
class Scope:
    """The names of one function in one context; None is a local of which nothing is known."""

    module: str
    local: dict[str, Value | None]


Key: TypeAlias = tuple[str, ast.AST, tuple[tuple[str, Value], ...]]
Done: TypeAlias = tuple[frozenset[tuple[str, str]], frozenset[Key]]


@dataclass(slots=True)
class Reach:
    """Follows what each handler leads to; `endpoints` are called, never entered."""

    names: Names
    endpoints: Mapping[ast.AST, str]
    done: dict[Key, Done] = field(default_factory=dict[Key, Done])

    def below(self, function: Found) -> tuple[set[tuple[str, str]], set[ast.AST]]:
        """Relations with their targets, and the functions on the way."""
        start: Key = (function.module, function.node, ())
        seen: set[Key] = {start}
        pending: list[Key] = [start]
        uses: set[tuple[str, str]] = set()
        while pending:
            own, further = self.own(pending.pop())
            uses |= own
            pending += further - seen
            seen |= further
        return uses, {node for _, node, _ in seen}

    def own(self, key: Key) -> tuple[frozenset[tuple[str, str]], frozenset[Key]]:
        """What a function uses itself, and what it leads to at once."""
        if key not in self.done:
            module, function, given = key
            assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            scope = self._scope(module, function, dict(given))
            uses: set[tuple[str, str]] = set()
            further: set[Key] = set()
            for statement in function.body:
                for node in ast.walk(statement):
                    uses.update(self._uses(scope, node))
                    further.update(self._further(scope, node))
            self.done[key] = frozenset(uses), frozenset(further)
        return self.done[key]

    def _scope(self, module: str, function: Function, given: Mapping[str, Value]) -> Scope:
        local: dict[str, Value | None] = {name: given.get(name) for name in parameters(function)}
        for statement in ast.walk(function):
            match statement:
                case ast.Import() | ast.ImportFrom():
                    bound = imports(statement, self.names.modules[module])
                    local.update((name, self._bound(one)) for name, one in bound.items())
                case ast.Assign() | ast.AnnAssign():
                    local.update((name, None) for name, _ in assigned(statement))
                case _:
                    pass
        return Scope(module, local)

    def _bound(self, binding: Binding) -> Meaning | None:
        return self.names.imported(binding) if isinstance(binding, Imported) else None

    def _uses(self, scope: Scope, node: ast.AST) -> Iterator[tuple[str, str]]:
        match node:
            case ast.Call(func=ast.Attribute(value=receiver, attr=verb)):
                value = self._value(scope, receiver)
                target = resource(self.names, value) if isinstance(value, Found) else None
                if target is not None:
                    relation, verbs = _RELATIONS.get(target.partition(":")[0], ("", frozenset()))
                    if verb in verbs:
                        yield relation, target
            case ast.Name() | ast.Attribute():
                value = self._value(scope, node)
                if isinstance(value, Found) and value.node in self.endpoints:
                    yield "calls", self.endpoints[value.node]
            case _:
                pass

    def _further(self, scope: Scope, node: ast.AST) -> Iterator[Key]:
        """Functions that are mentioned; with a call, what it hands to their parameters."""
        match node:
            case ast.Call(func=ast.Attribute(value=receiver, attr=name)):
                instance = self._value(scope, receiver)
                if isinstance(instance, Instance):
                    yield from self._method(instance, name)
                yield from self._entered(scope, self._value(scope, node.func), node)
            case ast.Call():
                yield from self._entered(scope, self._value(scope, node.func), node)
            case ast.Name(ctx=ast.Load()) | ast.Attribute(ctx=ast.Load()):
                yield from self._entered(scope, self._value(scope, node), None)
            case _:
                pass

    def _entered(self, scope: Scope, value: Value | None, call: ast.Call | None) -> Iterator[Key]:
        if not isinstance(value, Found) or value.node in self.endpoints:
            return
        if isinstance(value.node, ast.FunctionDef | ast.AsyncFunctionDef):
            given = {} if call is None else self._given(scope, parameters(value.node), call)
            yield value.module, value.node, tuple(sorted(given.items(), key=lambda one: one[0]))

    def _method(self, instance: Instance, name: str) -> Iterator[Key]:
        method = _methods(instance.of).get(name)
        if method is not None:
            yield instance.of.module, method, ((parameters(method)[0], instance),)

    def _given(self, scope: Scope, names: list[str], call: ast.Call) -> dict[str, Value]:
        handed = [*zip(names, call.args, strict=False)]
        handed += [(one.arg, one.value) for one in call.keywords if one.arg is not None]
        values = {name: self._value(scope, expression) for name, expression in handed}
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, scope: Scope, expression: ast.AST) -> Value | None:
        match expression:
            case ast.Name(id=name):
                if name in scope.local:
                    return scope.local[name]
                return self._object(self.names.of(scope.module, name))
            case ast.Attribute(value=owner, attr=name):
                value = self._value(scope, owner)
                if isinstance(value, Instance):
                    return self._attribute(value, name)
                return self._object(self.names.attribute(value, name))
            case _:
                return None

    def _object(self, meaning: Meaning | None) -> Value | None:
        """An instance, where a call of a class of the tree made the value."""
        if isinstance(meaning, Found) and isinstance(meaning.node, ast.Call):
            made_of = self.names.meaning(meaning.module, meaning.node.func)
            if isinstance(made_of, Found) and isinstance(made_of.node, ast.ClassDef):
                return Instance(meaning, made_of)
        return meaning

    def _attribute(self, instance: Instance, name: str) -> Value | None:
        """What the constructor put there, out of its own parameters."""
        constructor = _methods(instance.of).get("__init__")
        call = instance.made.node
        if constructor is None or not isinstance(call, ast.Call):
            return None
        made_at = Scope(instance.made.module, {})
        given = self._given(made_at, parameters(constructor)[1:], call)
        for statement in constructor.body:
            match statement:
                case ast.Assign(targets=[ast.Attribute(attr=attribute)], value=ast.Name(id=source)):
                    if attribute == name:
                        return given.get(source)
                case _:
                    pass
        return None


def parameters(function: Function) -> list[str]:
    given = function.args
    return [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def _methods(of: Found) -> dict[str, Function]:
    assert isinstance(of.node, ast.ClassDef)
    return {
        one.name: one
        for one in of.node.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }
