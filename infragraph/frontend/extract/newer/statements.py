"""Statements of libcst as nodes of `ast`."""

import ast
from collections.abc import Iterable, Mapping
from typing import Any

import libcst as cst

from infragraph.frontend.extract.newer.conversion import Conversion
from infragraph.frontend.extract.newer.expressions import OPERATORS, arguments, identifier, stored
from infragraph.frontend.extract.newer.parameters import parameters, type_parameters


class TypeAlias(ast.stmt):
    """A `type` statement on a Python that has no node for it."""

    _fields = ("name", "value")
    name: Any
    type_params: list[Any]
    value: Any


def statements(nodes: Iterable[Any], into: Conversion) -> list[Any]:
    """The statements of a block."""
    found: list[Any] = []
    for node in nodes:
        if isinstance(node, cst.SimpleStatementLine):
            found.extend([into.of(small) for small in node.body])
        else:
            found.append(into.of(node))
    return found


def _suite(node: Any, into: Conversion) -> list[Any]:
    if isinstance(node, cst.IndentedBlock):
        made = statements(node.body, into)
        last = node.body[-1]
        if not isinstance(last, cst.SimpleStatementLine):
            return made
    else:
        made = [into.of(small) for small in node.body]
        last = node
    into.block_end = (made[-1].end_lineno, made[-1].end_col_offset)
    semicolon = last.body[-1].semicolon
    if isinstance(semicolon, cst.Semicolon):
        # Python counts it to the block, though not to the statement.
        written = into.code(semicolon.whitespace_before) + ";"
        into.block_end = (into.block_end[0], into.block_end[1] + len(written))
    return made


def _otherwise(node: Any, into: Conversion) -> list[Any]:
    if node is None:
        return []
    return [into.of(node)] if isinstance(node, cst.If) else _suite(node.body, into)


def _function(node: cst.FunctionDef, into: Conversion) -> Any:
    kind: Any = ast.FunctionDef if node.asynchronous is None else ast.AsyncFunctionDef
    made = kind(
        name=into.of(node.name).id,
        args=parameters(node.params, into),
        body=_suite(node.body, into),
        decorator_list=[into.of(one.decorator) for one in node.decorators],
        returns=None if node.returns is None else into.of(node.returns.annotation),
    )
    made.type_params = type_parameters(node.type_parameters, into)
    return into.put(made, into.compound(node))


def _class(node: cst.ClassDef, into: Conversion) -> Any:
    bases, keywords = arguments([*node.bases, *node.keywords], into)
    kind: Any = ast.ClassDef
    made = kind(
        name=into.of(node.name).id,
        bases=bases,
        keywords=keywords,
        body=_suite(node.body, into),
        decorator_list=[into.of(one.decorator) for one in node.decorators],
    )
    made.type_params = type_parameters(node.type_parameters, into)
    return into.put(made, into.compound(node))


def _assign(node: cst.Assign, into: Conversion) -> Any:
    targets = [stored(into.of(one.target)) for one in node.targets]
    return into.put(ast.Assign(targets, into.of(node.value)), into.span(node))


def _annotated_assign(node: cst.AnnAssign, into: Conversion) -> Any:
    made = ast.AnnAssign(
        stored(into.of(node.target)),
        into.of(node.annotation.annotation),
        into.maybe(node.value),
        0,
    )
    return into.put(made, into.span(node))


def _augmented_assign(node: cst.AugAssign, into: Conversion) -> Any:
    operator = OPERATORS[type(node.operator).__name__.removesuffix("Assign")]()
    made = ast.AugAssign(stored(into.of(node.target)), operator, into.of(node.value))
    return into.put(made, into.span(node))


def _type_alias(node: cst.TypeAlias, into: Conversion) -> Any:
    into.is_newer = True
    made = TypeAlias()
    made.name = stored(into.of(node.name))
    made.type_params = type_parameters(node.type_parameters, into)
    made.value = into.of(node.value)
    return into.put(made, into.span(node))


def _evaluate(node: cst.Expr, into: Conversion) -> Any:
    return into.put(ast.Expr(into.of(node.value)), into.span(node))


def _return(node: cst.Return, into: Conversion) -> Any:
    return into.put(ast.Return(into.maybe(node.value)), into.span(node))


def _raise(node: cst.Raise, into: Conversion) -> Any:
    cause = None if node.cause is None else into.of(node.cause.item)
    return into.put(ast.Raise(into.maybe(node.exc), cause), into.span(node))


def _assert(node: cst.Assert, into: Conversion) -> Any:
    return into.put(ast.Assert(into.of(node.test), into.maybe(node.msg)), into.span(node))


def _delete(node: cst.Del, into: Conversion) -> Any:
    if isinstance(node.target, cst.Tuple) and not node.target.lpar:
        targets = [into.of(element) for element in node.target.elements]
    else:
        targets = [into.of(node.target)]
    return into.put(ast.Delete([stored(target) for target in targets]), into.span(node))


def _dotted(node: Any) -> str:
    names: list[str] = []
    while isinstance(node, cst.Attribute):
        names.append(identifier(node.attr.value))
        node = node.value
    names.append(identifier(node.value))
    return ".".join(reversed(names))


def _imported(node: cst.ImportAlias, into: Conversion) -> ast.alias:
    span = into.span(node.name)
    if node.asname is None:
        return into.put(ast.alias(_dotted(node.name), None), span)
    bound = node.asname.name
    assert isinstance(bound, cst.Name)
    made = ast.alias(_dotted(node.name), identifier(bound.value))
    return into.put(made, into.across(span, into.span(bound)))


def _import(node: Any, into: Conversion) -> Any:
    made = ast.Import([_imported(one, into) for one in node.names])
    return into.put(made, into.span(node))


def _import_from(node: Any, into: Conversion) -> Any:
    if isinstance(node.names, cst.ImportStar):
        names = [into.put(ast.alias("*", None), into.span(node.names))]
    else:
        names = [_imported(one, into) for one in node.names]
    module = None if node.module is None else _dotted(node.module)
    return into.put(ast.ImportFrom(module, names, len(node.relative)), into.span(node))


def _lazy_import(node: Any, into: Conversion) -> Any:
    into.is_newer = True
    return _import(node, into)


def _lazy_import_from(node: Any, into: Conversion) -> Any:
    into.is_newer = True
    return _import_from(node, into)


def _global(node: cst.Global, into: Conversion) -> Any:
    return into.put(ast.Global([into.of(one.name).id for one in node.names]), into.span(node))


def _nonlocal(node: cst.Nonlocal, into: Conversion) -> Any:
    return into.put(ast.Nonlocal([into.of(one.name).id for one in node.names]), into.span(node))


def _if(node: cst.If, into: Conversion) -> Any:
    made = ast.If(into.of(node.test), _suite(node.body, into), _otherwise(node.orelse, into))
    return into.put(made, into.compound(node))


def _for(node: cst.For, into: Conversion) -> Any:
    kind: Any = ast.For if node.asynchronous is None else ast.AsyncFor
    made = kind(
        stored(into.of(node.target)),
        into.of(node.iter),
        _suite(node.body, into),
        _otherwise(node.orelse, into),
    )
    return into.put(made, into.compound(node))


def _while(node: cst.While, into: Conversion) -> Any:
    made = ast.While(into.of(node.test), _suite(node.body, into), _otherwise(node.orelse, into))
    return into.put(made, into.compound(node))


def _handler(node: Any, into: Conversion) -> Any:
    if isinstance(node.type, cst.Tuple) and not node.type.lpar:
        into.is_newer = True
    name = None if node.name is None else into.of(node.name.name).id
    made = ast.ExceptHandler(into.maybe(node.type), name, _suite(node.body, into))
    return into.put(made, into.compound(node))


def _try(node: Any, into: Conversion) -> Any:
    made = ast.Try(
        _suite(node.body, into),
        [into.of(one) for one in node.handlers],
        _otherwise(node.orelse, into),
        _otherwise(node.finalbody, into),
    )
    return into.put(made, into.compound(node))


def _with(node: cst.With, into: Conversion) -> Any:
    kind: Any = ast.With if node.asynchronous is None else ast.AsyncWith
    items = [
        ast.withitem(
            into.of(one.item), None if one.asname is None else stored(into.of(one.asname.name))
        )
        for one in node.items
    ]
    made = kind(items, _suite(node.body, into))
    return into.put(made, into.compound(node))


def _case(node: cst.MatchCase, into: Conversion) -> Any:
    return ast.match_case(into.of(node.pattern), into.maybe(node.guard), _suite(node.body, into))


def _match(node: cst.Match, into: Conversion) -> Any:
    made = ast.Match(into.of(node.subject), [into.of(one) for one in node.cases])
    return into.put(made, into.compound(node))


def _pass(node: cst.Pass, into: Conversion) -> Any:
    return into.put(ast.Pass(), into.span(node))


def _break(node: cst.Break, into: Conversion) -> Any:
    return into.put(ast.Break(), into.span(node))


def _continue(node: cst.Continue, into: Conversion) -> Any:
    return into.put(ast.Continue(), into.span(node))


STATEMENTS: Mapping[type, Any] = {
    cst.AnnAssign: _annotated_assign,
    cst.Assert: _assert,
    cst.Assign: _assign,
    cst.AugAssign: _augmented_assign,
    cst.Break: _break,
    cst.ClassDef: _class,
    cst.Continue: _continue,
    cst.Del: _delete,
    cst.ExceptHandler: _handler,
    cst.ExceptStarHandler: _handler,
    cst.Expr: _evaluate,
    cst.For: _for,
    cst.FunctionDef: _function,
    cst.Global: _global,
    cst.If: _if,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
    cst.LazyImport: _lazy_import,
    cst.LazyImportFrom: _lazy_import_from,
    cst.Match: _match,
    cst.MatchCase: _case,
    cst.Nonlocal: _nonlocal,
    cst.Pass: _pass,
    cst.Raise: _raise,
    cst.Return: _return,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.TypeAlias: _type_alias,
    cst.While: _while,
    cst.With: _with,
}
