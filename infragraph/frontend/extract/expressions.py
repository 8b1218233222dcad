"""Expressions of the parser as facts."""

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from infragraph.frontend.extract.tree import Tree
from infragraph.model import facts

Lower = Callable[[Any, Tree], Any]

_LONGEST = 10_000
"""Bits of an integer: of a longer one, which hexadecimal can write, Python makes no text."""


def _constant(node: Any, tree: Tree) -> facts.Constant:
    value = node.value
    if value is ... or (type(value) is int and value.bit_length() > _LONGEST):
        return facts.Constant(None, tree.at(node), is_ellipsis=True)
    if type(value) is str and not value.isascii():
        # Half of a pair, which an escape can write, is no character that any output could hold.
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return facts.Constant(value, tree.at(node))


def _name(node: Any, tree: Tree) -> facts.Name:
    return facts.Name(node.id, tree.at(node))


def _attribute(node: Any, tree: Tree) -> facts.Attribute:
    return facts.Attribute(tree.of(node.value), node.attr, tree.at(node))


def _starred(node: Any, tree: Tree) -> facts.Starred:
    return facts.Starred(tree.of(node.value), tree.at(node))


def _keyword(node: Any, tree: Tree) -> facts.Keyword:
    return facts.Keyword(node.arg, tree.of(node.value), tree.at(node))


def _call(node: Any, tree: Tree) -> facts.Call:
    return facts.Call(
        tree.of(node.func), tree.all_of(node.args), tree.all_of(node.keywords), tree.at(node)
    )


def _subscript(node: Any, tree: Tree) -> facts.Subscript:
    return facts.Subscript(tree.of(node.value), tree.of(node.slice), tree.at(node))


def _tuple(node: Any, tree: Tree) -> facts.Sequence:
    return facts.Sequence("tuple", tree.all_of(node.elts), tree.at(node))


def _list(node: Any, tree: Tree) -> facts.Sequence:
    return facts.Sequence("list", tree.all_of(node.elts), tree.at(node))


def _set(node: Any, tree: Tree) -> facts.Sequence:
    return facts.Sequence("set", tree.all_of(node.elts), tree.at(node))


def _dict(node: Any, tree: Tree) -> facts.Mapping:
    keys = tuple([tree.maybe(key) for key in node.keys])
    return facts.Mapping(keys, tree.all_of(node.values), tree.at(node))


def _formatted(node: Any, tree: Tree) -> facts.Formatted:
    spec = tree.maybe(node.format_spec)
    return facts.Formatted(
        tree.of(node.value),
        _CONVERSIONS[node.conversion],
        spec.parts if spec else (),
        tree.at(node),
    )


def _formatted_string(node: Any, tree: Tree) -> facts.FormattedString:
    return facts.FormattedString(_joined(tree.all_of(node.values)), tree.at(node))


def _template(node: Any, tree: Tree) -> facts.FormattedString:
    return facts.FormattedString(_joined(tree.all_of(node.values)), tree.at(node), is_template=True)


def _joined(parts: Iterable[facts.Expression]) -> tuple[facts.Expression, ...]:
    """The parts, neighbouring literals as one: Pythons differ in where they cut them."""
    found: list[facts.Expression] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(part, facts.Constant) and isinstance(part.value, str):
            if not part.value:
                continue
            if isinstance(last, facts.Constant) and isinstance(last.value, str):
                found[-1] = replace(last, value=last.value + part.value)
                continue
        found.append(part)
    return tuple(found)


def _binary(node: Any, tree: Tree) -> facts.Binary:
    return facts.Binary(
        OPERATORS[type(node.op)], tree.of(node.left), tree.of(node.right), tree.at(node)
    )


def _unary(node: Any, tree: Tree) -> facts.Unary:
    return facts.Unary(_UNARY[type(node.op)], tree.of(node.operand), tree.at(node))


def _boolean(node: Any, tree: Tree) -> facts.Boolean:
    return facts.Boolean(
        "and" if isinstance(node.op, ast.And) else "or", tree.all_of(node.values), tree.at(node)
    )


def _comparison(node: Any, tree: Tree) -> facts.Comparison:
    operators = tuple([_COMPARISONS[type(operator)] for operator in node.ops])
    return facts.Comparison(
        tree.of(node.left), operators, tree.all_of(node.comparators), tree.at(node)
    )


def _conditional(node: Any, tree: Tree) -> facts.Conditional:
    return facts.Conditional(
        tree.of(node.test), tree.of(node.body), tree.of(node.orelse), tree.at(node)
    )


def _generator(node: Any, tree: Tree) -> facts.Generator:
    return facts.Generator(
        tree.of(node.target), tree.of(node.iter), tree.all_of(node.ifs), bool(node.is_async)
    )


def _comprehension(node: Any, tree: Tree) -> facts.Comprehension:
    return facts.Comprehension(
        _COMPREHENSIONS[type(node)],
        (tree.of(node.elt),),
        tree.all_of(node.generators),
        tree.at(node),
    )


def _dict_comprehension(node: Any, tree: Tree) -> facts.Comprehension:
    elements = (tree.of(node.key), tree.of(node.value))
    return facts.Comprehension("dict", elements, tree.all_of(node.generators), tree.at(node))


def _await(node: Any, tree: Tree) -> facts.Await:
    return facts.Await(tree.of(node.value), tree.at(node))


def _yield(node: Any, tree: Tree) -> facts.Yield:
    return facts.Yield(tree.maybe(node.value), is_from=False, at=tree.at(node))


def _yield_from(node: Any, tree: Tree) -> facts.Yield:
    return facts.Yield(tree.of(node.value), is_from=True, at=tree.at(node))


def _walrus(node: Any, tree: Tree) -> facts.Walrus:
    return facts.Walrus(tree.of(node.target), tree.of(node.value), tree.at(node))


def _slice(node: Any, tree: Tree) -> facts.Slice:
    at = tree.at(node)
    absent = facts.Constant(None, at)
    parts = (node.lower, node.upper, node.step)
    return facts.Slice(tuple(absent if part is None else tree.of(part) for part in parts), at)


def _lambda(node: Any, tree: Tree) -> facts.Lambda:
    at = tree.at(node)
    scope = tree.scopes.pop(id(node))
    value = tree.of(node.body)
    function = facts.Function(
        name="<lambda>",
        parameters=tree.of(node.args),
        returns=None,
        decorators=(),
        within=facts.Body(
            (facts.Return(value, value.at),),
            is_generator=scope.is_generator,
            doc=None,
            locals=scope.locals,
        ),
        is_async=False,
        type_parameters=(),
        at=at,
        name_at=at,
    )
    return facts.Lambda(function, at)


OPERATORS: Mapping[type, str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.MatMult: "@",
    ast.Div: "/",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.BitAnd: "&",
    ast.FloorDiv: "//",
}
_UNARY: Mapping[type, str] = {ast.Invert: "~", ast.Not: "not", ast.UAdd: "+", ast.USub: "-"}
_COMPARISONS: Mapping[type, str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_CONVERSIONS: Mapping[int, Any] = {-1: "", 115: "s", 114: "r", 97: "a"}
_COMPREHENSIONS: Mapping[type, Any] = {
    ast.ListComp: "list",
    ast.SetComp: "set",
    ast.GeneratorExp: "generator",
}

# By name, since a Python does not have the nodes of later ones.
EXPRESSIONS: Mapping[str, Lower] = {
    "Attribute": _attribute,
    "Await": _await,
    "BinOp": _binary,
    "BoolOp": _boolean,
    "Call": _call,
    "Compare": _comparison,
    "Constant": _constant,
    "Dict": _dict,
    "DictComp": _dict_comprehension,
    "FormattedValue": _formatted,
    "GeneratorExp": _comprehension,
    "IfExp": _conditional,
    "Interpolation": _formatted,
    "JoinedStr": _formatted_string,
    "Lambda": _lambda,
    "List": _list,
    "ListComp": _comprehension,
    "Name": _name,
    "NamedExpr": _walrus,
    "Set": _set,
    "SetComp": _comprehension,
    "Slice": _slice,
    "Starred": _starred,
    "Subscript": _subscript,
    "TemplateStr": _template,
    "Tuple": _tuple,
    "UnaryOp": _unary,
    "Yield": _yield,
    "YieldFrom": _yield_from,
    "comprehension": _generator,
    "keyword": _keyword,
}
