"""Expressions of libcst as nodes of `ast`."""

import ast
from collections.abc import Mapping
from typing import Any

import libcst as cst

from infragraph.frontend.extract.newer.conversion import Conversion, Span
from infragraph.frontend.extract.newer.parameters import parameters


def stored(node: Any) -> Any:
    """The same node as a target: its names are bound, not read."""
    waiting = [node]
    while waiting:
        target = waiting.pop()
        if isinstance(target, ast.Name):
            target.ctx = ast.Store()
        elif isinstance(target, ast.Tuple | ast.List):
            waiting.extend(target.elts)
        elif isinstance(target, ast.Starred):
            waiting.append(target.value)
    return node


def arguments(args: Any, into: Conversion) -> tuple[list[Any], list[Any]]:
    """Positional and keyword arguments of a call or of a class."""
    positional: list[Any] = []
    keywords: list[Any] = []
    for arg in args:
        value = into.of(arg.value)
        end = into.outer(arg.value)
        if arg.star == "*":
            span = into.across(into.span(arg), end)
            positional.append(into.put(ast.Starred(value, ast.Load()), span))
        elif arg.star == "**" or arg.keyword is not None:
            name = arg.keyword.value if arg.keyword is not None else None
            span = into.across(into.span(arg), end)
            keywords.append(into.put(ast.keyword(name, value), span))
        else:
            positional.append(value)
    return positional, keywords


def _name(node: cst.Name, into: Conversion) -> Any:
    span = into.span(node)
    if node.value in _SINGLETONS:
        return into.put(ast.Constant(_SINGLETONS[node.value]), span)
    return into.put(ast.Name(identifier(node.value), ast.Load()), span)


def identifier(name: str) -> str:
    """The name as Python knows it: in the compatibility form, where it is not ASCII."""
    if name.isascii():
        return name
    found = ast.parse(name, mode="eval").body
    return found.id if isinstance(found, ast.Name) else name


def _number(node: Any, into: Conversion) -> Any:
    return into.put(ast.Constant(into.literal(node, node.value)), into.span(node))


def _ellipsis(node: cst.Ellipsis, into: Conversion) -> Any:
    return into.put(ast.Constant(...), into.span(node))


def _attribute(node: cst.Attribute, into: Conversion) -> Any:
    made = ast.Attribute(into.of(node.value), identifier(node.attr.value), ast.Load())
    return into.put(made, into.span(node))


def _call(node: cst.Call, into: Conversion) -> Any:
    positional, keywords = arguments(node.args, into)
    span = into.span(node)
    if len(positional) == 1 and isinstance(positional[0], ast.GeneratorExp) and not keywords:
        only = node.args[0].value
        if not only.lpar:
            callee = into.outer(node.func)
            opening = _after(into, node, callee)
            into.put(
                positional[0], opening._replace(end_line=span.end_line, end_column=span.end_column)
            )
    return into.put(ast.Call(into.of(node.func), positional, keywords), span)


def _after(into: Conversion, node: cst.Call, callee: Span) -> Span:
    between = into.code(node.whitespace_after_func)
    line = callee.end_line + between.count("\n")
    column = (
        len(between) - between.rfind("\n") - 1
        if "\n" in between
        else callee.end_column + len(between)
    )
    return Span(line, column, line, column)


def _subscript(node: cst.Subscript, into: Conversion) -> Any:
    made = ast.Subscript(into.of(node.value), _index(node.slice, into), ast.Load())
    return into.put(made, into.span(node))


def _index(elements: Any, into: Conversion) -> Any:
    made = [_element_of_index(element.slice, into) for element in elements]
    last = elements[-1]
    has_comma = isinstance(last.comma, cst.Comma)
    if len(made) == 1 and not has_comma and not isinstance(made[0], ast.Starred):
        return made[0]
    first_span = _outer_of_index(elements[0].slice, into)
    last_span = _end_of(last, _outer_of_index(last.slice, into), into)
    return into.put(ast.Tuple(made, ast.Load()), into.across(first_span, last_span))


def _element_of_index(node: Any, into: Conversion) -> Any:
    if isinstance(node, cst.Index):
        value = into.of(node.value)
        if node.star is None:
            return value
        span = into.across(into.span(node), into.outer(node.value))
        return into.put(ast.Starred(value, ast.Load()), span)
    made = ast.Slice(into.maybe(node.lower), into.maybe(node.upper), into.maybe(node.step))
    return into.put(made, into.span(node))


def _outer_of_index(node: Any, into: Conversion) -> Span:
    if isinstance(node, cst.Index) and node.star is None:
        return into.outer(node.value)
    return into.span(node)


def _end_of(element: Any, span: Span, into: Conversion) -> Span:
    """The end of an element, with the comma after it: a bare tuple ends there."""
    if not isinstance(element.comma, cst.Comma):
        return span
    # The comma's span has the space around it.
    before = into.code(element.comma.whitespace_before)
    line = span.end_line + before.count("\n")
    start = (
        len(before) - before.rfind("\n") - 1 if "\n" in before else span.end_column + len(before)
    )
    return Span(line, start, line, start + 1)


def _elements(elements: Any, into: Conversion) -> list[Any]:
    return [into.of(element) for element in elements]


def _element(node: cst.Element, into: Conversion) -> Any:
    return into.of(node.value)


def _starred(node: cst.StarredElement, into: Conversion) -> Any:
    span = into.across(into.span(node), into.outer(node.value))
    return into.put(ast.Starred(into.of(node.value), ast.Load()), span)


def _tuple(node: cst.Tuple, into: Conversion) -> Any:
    made = ast.Tuple(_elements(node.elements, into), ast.Load())
    if node.lpar:
        # The innermost pair is the tuple's own.
        return into.put(made, into.across(into.span(node.lpar[-1]), into.span(node.rpar[0])))
    first, last = node.elements[0], node.elements[-1]
    end = _end_of(last, _outer_of_element(last, into), into)
    return into.put(made, into.across(_outer_of_element(first, into), end))


def _outer_of_element(element: Any, into: Conversion) -> Span:
    if isinstance(element, cst.Element):
        return into.outer(element.value)
    return into.across(into.span(element), into.outer(element.value))


def _list(node: cst.List, into: Conversion) -> Any:
    return into.put(ast.List(_elements(node.elements, into), ast.Load()), into.span(node))


def _set(node: cst.Set, into: Conversion) -> Any:
    return into.put(ast.Set(_elements(node.elements, into)), into.span(node))


def _dict(node: cst.Dict, into: Conversion) -> Any:
    keys = [
        into.of(element.key) if isinstance(element, cst.DictElement) else None
        for element in node.elements
    ]
    values = [into.of(element.value) for element in node.elements]
    return into.put(ast.Dict(keys, values), into.span(node))


def _binary(node: cst.BinaryOperation, into: Conversion) -> Any:
    operator = OPERATORS[type(node.operator).__name__]()
    return into.put(ast.BinOp(into.of(node.left), operator, into.of(node.right)), into.span(node))


def _unary(node: cst.UnaryOperation, into: Conversion) -> Any:
    made = ast.UnaryOp(_UNARY[type(node.operator)](), into.of(node.expression))
    return into.put(made, into.span(node))


def _boolean(node: cst.BooleanOperation, into: Conversion) -> Any:
    kind = type(node.operator)
    values = [into.of(node.right)]
    left: cst.BaseExpression = node.left
    while isinstance(left, cst.BooleanOperation) and type(left.operator) is kind and not left.lpar:
        values.append(into.of(left.right))
        left = left.left
    values.append(into.of(left))
    operator = ast.And() if kind is cst.And else ast.Or()
    return into.put(ast.BoolOp(operator, values[::-1]), into.span(node))


def _comparison(node: cst.Comparison, into: Conversion) -> Any:
    operators = [_COMPARISONS[type(one.operator)]() for one in node.comparisons]
    comparators = [into.of(one.comparator) for one in node.comparisons]
    return into.put(ast.Compare(into.of(node.left), operators, comparators), into.span(node))


def _conditional(node: cst.IfExp, into: Conversion) -> Any:
    made = ast.IfExp(into.of(node.test), into.of(node.body), into.of(node.orelse))
    return into.put(made, into.span(node))


def _generators(first: cst.CompFor, into: Conversion) -> list[Any]:
    found: list[Any] = []
    one: cst.CompFor | None = first
    while one is not None:
        found.append(
            ast.comprehension(
                stored(into.of(one.target)),
                into.of(one.iter),
                [into.of(condition.test) for condition in one.ifs],
                int(one.asynchronous is not None),
            )
        )
        one = one.inner_for_in
    return found


def _list_comprehension(node: cst.ListComp, into: Conversion) -> Any:
    made = ast.ListComp(into.of(node.elt), _generators(node.for_in, into))
    return into.put(made, into.span(node))


def _set_comprehension(node: cst.SetComp, into: Conversion) -> Any:
    made = ast.SetComp(into.of(node.elt), _generators(node.for_in, into))
    return into.put(made, into.span(node))


def _dict_comprehension(node: cst.DictComp, into: Conversion) -> Any:
    made = ast.DictComp(into.of(node.key), into.of(node.value), _generators(node.for_in, into))
    return into.put(made, into.span(node))


def _generator(node: cst.GeneratorExp, into: Conversion) -> Any:
    made = ast.GeneratorExp(into.of(node.elt), _generators(node.for_in, into))
    if node.lpar:
        return into.put(made, into.across(into.span(node.lpar[-1]), into.span(node.rpar[0])))
    return into.put(made, into.span(node))


def _await(node: cst.Await, into: Conversion) -> Any:
    return into.put(ast.Await(into.of(node.expression)), into.span(node))


def _yield(node: cst.Yield, into: Conversion) -> Any:
    if isinstance(node.value, cst.From):
        return into.put(ast.YieldFrom(into.of(node.value.item)), into.span(node))
    return into.put(ast.Yield(into.maybe(node.value)), into.span(node))


def _walrus(node: cst.NamedExpr, into: Conversion) -> Any:
    made = ast.NamedExpr(stored(into.of(node.target)), into.of(node.value))
    return into.put(made, into.span(node))


def _lambda(node: cst.Lambda, into: Conversion) -> Any:
    made = ast.Lambda(parameters(node.params, into), into.of(node.body))
    return into.put(made, into.span(node))


_SINGLETONS: Mapping[str, bool | None] = {"None": None, "True": True, "False": False}

OPERATORS: Mapping[str, type[ast.operator]] = {
    "Add": ast.Add,
    "BitAnd": ast.BitAnd,
    "BitOr": ast.BitOr,
    "BitXor": ast.BitXor,
    "Divide": ast.Div,
    "FloorDivide": ast.FloorDiv,
    "LeftShift": ast.LShift,
    "MatrixMultiply": ast.MatMult,
    "Modulo": ast.Mod,
    "Multiply": ast.Mult,
    "Power": ast.Pow,
    "RightShift": ast.RShift,
    "Subtract": ast.Sub,
}
_UNARY: Mapping[type, type[ast.unaryop]] = {
    cst.BitInvert: ast.Invert,
    cst.Minus: ast.USub,
    cst.Not: ast.Not,
    cst.Plus: ast.UAdd,
}
_COMPARISONS: Mapping[type, type[ast.cmpop]] = {
    cst.Equal: ast.Eq,
    cst.GreaterThan: ast.Gt,
    cst.GreaterThanEqual: ast.GtE,
    cst.In: ast.In,
    cst.Is: ast.Is,
    cst.IsNot: ast.IsNot,
    cst.LessThan: ast.Lt,
    cst.LessThanEqual: ast.LtE,
    cst.NotEqual: ast.NotEq,
    cst.NotIn: ast.NotIn,
}

EXPRESSIONS: Mapping[type, Any] = {
    cst.Attribute: _attribute,
    cst.Await: _await,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.Call: _call,
    cst.Comparison: _comparison,
    cst.Dict: _dict,
    cst.DictComp: _dict_comprehension,
    cst.Element: _element,
    cst.Ellipsis: _ellipsis,
    cst.Float: _number,
    cst.GeneratorExp: _generator,
    cst.IfExp: _conditional,
    cst.Imaginary: _number,
    cst.Integer: _number,
    cst.Lambda: _lambda,
    cst.List: _list,
    cst.ListComp: _list_comprehension,
    cst.Name: _name,
    cst.NamedExpr: _walrus,
    cst.Set: _set,
    cst.SetComp: _set_comprehension,
    cst.StarredElement: _starred,
    cst.Subscript: _subscript,
    cst.Tuple: _tuple,
    cst.UnaryOperation: _unary,
    cst.Yield: _yield,
}
