"""Statements of the parser as facts."""

import ast
from collections.abc import Mapping
from typing import Any, Literal

from infragraph.frontend.extract.expressions import OPERATORS, Lower
from infragraph.frontend.extract.patterns import Pattern
from infragraph.frontend.extract.tree import Tree, documentation
from infragraph.model import facts


def _function(node: Any, tree: Tree) -> facts.Function:
    at = tree.at(node)
    deferred = tree.deferred.get(id(node))
    return facts.Function(
        name=node.name,
        parameters=tree.of(node.args),
        returns=tree.maybe(node.returns),
        decorators=tree.all_of(node.decorator_list),
        within=_body(node, tree) if deferred is None else deferred,
        is_async=isinstance(node, ast.AsyncFunctionDef),
        type_parameters=_type_parameters(node),
        at=at,
        name_at=tree.name_at(at),
    )


def _body(node: Any, tree: Tree) -> facts.Body:
    scope = tree.scopes.pop(id(node))
    body = tree.suite(node.body)
    return facts.Body(body, scope.is_generator, documentation(body), scope.locals)


def _class(node: Any, tree: Tree) -> facts.Class:
    at = tree.at(node)
    del tree.scopes[id(node)]
    body = tree.suite(node.body)
    return facts.Class(
        name=node.name,
        bases=tree.all_of(node.bases),
        keywords=tree.all_of(node.keywords),
        decorators=tree.all_of(node.decorator_list),
        body=body,
        doc=documentation(body),
        type_parameters=_type_parameters(node),
        at=at,
        name_at=tree.name_at(at),
    )


def _type_parameters(node: Any) -> tuple[str, ...]:
    return tuple([parameter.name for parameter in getattr(node, "type_params", ())])


_Kind = Literal["positional-only", "positional", "variadic", "keyword-only", "variadic-keyword"]


def _parameters(node: Any, tree: Tree) -> tuple[facts.Parameter, ...]:
    found: list[facts.Parameter] = []

    def add(parameter: Any, kind: _Kind, default: Any) -> None:
        name, annotation, at = tree.of(parameter)
        found.append(facts.Parameter(name, kind, annotation, tree.maybe(default), at))

    plain = [*node.posonlyargs, *node.args]
    defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
    for index, (parameter, default) in enumerate(zip(plain, defaults, strict=True)):
        is_positional_only = index < len(node.posonlyargs)
        add(parameter, "positional-only" if is_positional_only else "positional", default)
    if node.vararg is not None:
        add(node.vararg, "variadic", None)
    for parameter, default in zip(node.kwonlyargs, node.kw_defaults, strict=True):
        add(parameter, "keyword-only", default)
    if node.kwarg is not None:
        add(node.kwarg, "variadic-keyword", None)
    return tuple(found)


def _parameter(node: Any, tree: Tree) -> tuple[Any, ...]:
    return node.arg, tree.maybe(node.annotation), tree.at(node)


def _assign(node: Any, tree: Tree) -> facts.Assign:
    return facts.Assign(tree.all_of(node.targets), tree.of(node.value), None, tree.at(node))


def _annotated_assign(node: Any, tree: Tree) -> facts.AnnotatedAssign:
    return facts.AnnotatedAssign(
        tree.of(node.target),
        tree.of(node.annotation),
        tree.maybe(node.value),
        None,
        tree.at(node),
    )


def _augmented_assign(node: Any, tree: Tree) -> facts.AugmentedAssign:
    return facts.AugmentedAssign(
        tree.of(node.target), OPERATORS[type(node.op)], tree.of(node.value), tree.at(node)
    )


def _type_alias(node: Any, tree: Tree) -> facts.TypeAliasStatement:
    name: facts.Name = tree.of(node.name)
    return facts.TypeAliasStatement(
        name.id, _type_parameters(node), tree.of(node.value), tree.at(node)
    )


def _evaluate(node: Any, tree: Tree) -> facts.Evaluate:
    return facts.Evaluate(tree.of(node.value), tree.at(node))


def _return(node: Any, tree: Tree) -> facts.Return:
    return facts.Return(tree.maybe(node.value), tree.at(node))


def _raise(node: Any, tree: Tree) -> facts.Raise:
    return facts.Raise(tree.maybe(node.exc), tree.maybe(node.cause), tree.at(node))


def _assert(node: Any, tree: Tree) -> facts.Assert:
    return facts.Assert(tree.of(node.test), tree.maybe(node.msg), tree.at(node))


def _delete(node: Any, tree: Tree) -> facts.Delete:
    return facts.Delete(tree.all_of(node.targets), tree.at(node))


def _imported(node: Any, tree: Tree) -> facts.ImportedName:
    return facts.ImportedName(node.name, node.asname, tree.at(node))


def _import(node: Any, tree: Tree) -> facts.Import:
    return facts.Import(tree.all_of(node.names), tree.at(node))


def _import_from(node: Any, tree: Tree) -> facts.ImportFrom:
    return facts.ImportFrom(
        node.module or "", node.level or 0, tree.all_of(node.names), tree.at(node)
    )


def _global(node: Any, tree: Tree) -> facts.Scope:
    return facts.Scope("global", tuple(node.names), tree.at(node))


def _nonlocal(node: Any, tree: Tree) -> facts.Scope:
    return facts.Scope("nonlocal", tuple(node.names), tree.at(node))


def _if(node: Any, tree: Tree) -> facts.If:
    return facts.If(
        tree.of(node.test), tree.suite(node.body), tree.suite(node.orelse), tree.at(node)
    )


def _for(node: Any, tree: Tree) -> facts.For:
    return facts.For(
        tree.of(node.target),
        tree.of(node.iter),
        tree.suite(node.body),
        tree.suite(node.orelse),
        isinstance(node, ast.AsyncFor),
        tree.at(node),
    )


def _while(node: Any, tree: Tree) -> facts.While:
    return facts.While(
        tree.of(node.test), tree.suite(node.body), tree.suite(node.orelse), tree.at(node)
    )


def _handler(node: Any, tree: Tree) -> facts.Handler:
    return facts.Handler(tree.maybe(node.type), node.name, tree.suite(node.body), tree.at(node))


def _try(node: Any, tree: Tree) -> facts.Try:
    return facts.Try(
        tree.suite(node.body),
        tree.all_of(node.handlers),
        tree.suite(node.orelse),
        tree.suite(node.finalbody),
        tree.at(node),
    )


def _with_item(node: Any, tree: Tree) -> facts.WithItem:
    return facts.WithItem(tree.of(node.context_expr), tree.maybe(node.optional_vars))


def _with(node: Any, tree: Tree) -> facts.With:
    return facts.With(
        tree.all_of(node.items),
        tree.suite(node.body),
        isinstance(node, ast.AsyncWith),
        tree.at(node),
    )


def _case(node: Any, tree: Tree) -> facts.Case:
    pattern: Pattern = tree.of(node.pattern)
    return facts.Case(
        pattern.whole,
        pattern.parts,
        pattern.mentions,
        tree.maybe(node.guard),
        tree.suite(node.body),
        pattern.is_irrefutable and node.guard is None,
    )


def _match(node: Any, tree: Tree) -> facts.Match:
    return facts.Match(tree.of(node.subject), tree.all_of(node.cases), tree.at(node))


def _pass(node: Any, tree: Tree) -> facts.Jump:
    return facts.Jump("pass", tree.at(node))


def _break(node: Any, tree: Tree) -> facts.Jump:
    return facts.Jump("break", tree.at(node))


def _continue(node: Any, tree: Tree) -> facts.Jump:
    return facts.Jump("continue", tree.at(node))


# By name, since a Python does not have the nodes of later ones.
STATEMENTS: Mapping[str, Lower] = {
    "AnnAssign": _annotated_assign,
    "Assert": _assert,
    "Assign": _assign,
    "AsyncFor": _for,
    "AsyncFunctionDef": _function,
    "AsyncWith": _with,
    "AugAssign": _augmented_assign,
    "Break": _break,
    "ClassDef": _class,
    "Continue": _continue,
    "Delete": _delete,
    "ExceptHandler": _handler,
    "Expr": _evaluate,
    "For": _for,
    "FunctionDef": _function,
    "Global": _global,
    "If": _if,
    "Import": _import,
    "ImportFrom": _import_from,
    "Match": _match,
    "Nonlocal": _nonlocal,
    "Pass": _pass,
    "Raise": _raise,
    "Return": _return,
    "Try": _try,
    "TryStar": _try,
    "TypeAlias": _type_alias,
    "While": _while,
    "With": _with,
    "alias": _imported,
    "arg": _parameter,
    "arguments": _parameters,
    "match_case": _case,
    "withitem": _with_item,
}
