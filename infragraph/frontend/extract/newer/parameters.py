"""Parameters and type parameters of libcst as nodes of `ast`."""

import ast
from typing import Any

import libcst as cst

from infragraph.frontend.extract.newer.conversion import Conversion


class TypeParameter(ast.AST):
    """A type parameter on a Python that has no node for it."""

    _fields = ()
    name: str


def parameters(node: cst.Parameters, into: Conversion) -> ast.arguments:
    plain = [*node.posonly_params, *node.params]
    variadic = node.star_arg if isinstance(node.star_arg, cst.Param) else None
    return ast.arguments(
        posonlyargs=[_parameter(one, into) for one in node.posonly_params],
        args=[_parameter(one, into) for one in node.params],
        vararg=None if variadic is None else _parameter(variadic, into),
        kwonlyargs=[_parameter(one, into) for one in node.kwonly_params],
        kw_defaults=[into.maybe(one.default) for one in node.kwonly_params],
        kwarg=None if node.star_kwarg is None else _parameter(node.star_kwarg, into),
        defaults=[into.of(one.default) for one in plain if one.default is not None],
    )


def _parameter(node: cst.Param, into: Conversion) -> ast.arg:
    span = into.span(node.name)
    name = into.of(node.name).id
    if node.annotation is None:
        return into.put(ast.arg(name, None), span)
    annotation = _annotation(node, into)
    end = into.outer(node.annotation.annotation)
    if isinstance(annotation, ast.Starred):
        end = into.span(node.annotation.annotation)
    return into.put(ast.arg(name, annotation), into.across(span, end))


def _annotation(node: cst.Param, into: Conversion) -> Any:
    assert node.annotation is not None
    return into.of(node.annotation.annotation)


def type_parameters(node: cst.TypeParameters | None, into: Conversion) -> list[Any]:
    if node is None:
        return []
    into.is_newer = True
    found: list[Any] = []
    for one in node.params:
        made = TypeParameter()
        made.name = into.of(one.param.name).id
        found.append(made)
    return found
