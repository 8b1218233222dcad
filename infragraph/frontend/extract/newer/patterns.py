"""Patterns of libcst as nodes of `ast`; only the expressions in them have a place."""

import ast
from collections.abc import Mapping
from typing import Any

import libcst as cst

from infragraph.frontend.extract.newer.conversion import Conversion


def _value(node: cst.MatchValue, into: Conversion) -> Any:
    return ast.MatchValue(into.of(node.value))


def _singleton(node: cst.MatchSingleton, into: Conversion) -> Any:
    constant = into.of(node.value)
    return into.put(ast.MatchSingleton(constant.value), into.span(node.value))


def _sequence(node: Any, into: Conversion) -> Any:
    return ast.MatchSequence([into.of(one) for one in node.patterns])


def _element(node: Any, into: Conversion) -> Any:
    return into.of(node.value)


def _star(node: cst.MatchStar, into: Conversion) -> Any:
    return ast.MatchStar(_bound(node.name, into))


def _mapping(node: cst.MatchMapping, into: Conversion) -> Any:
    keys = [into.of(element.key) for element in node.elements]
    patterns = [into.of(element.pattern) for element in node.elements]
    return ast.MatchMapping(keys, patterns, _bound(node.rest, into))


def _class(node: cst.MatchClass, into: Conversion) -> Any:
    patterns = [into.of(one.value) for one in node.patterns]
    names = [into.of(one.key).id for one in node.kwds]
    return ast.MatchClass(
        into.of(node.cls), patterns, names, [into.of(one.pattern) for one in node.kwds]
    )


def _capture(node: cst.MatchAs, into: Conversion) -> Any:
    return ast.MatchAs(into.maybe(node.pattern), _bound(node.name, into))


def _alternatives(node: cst.MatchOr, into: Conversion) -> Any:
    return ast.MatchOr([into.of(one.pattern) for one in node.patterns])


def _bound(name: cst.Name | None, into: Conversion) -> str | None:
    return None if name is None or name.value == "_" else into.of(name).id


PATTERNS: Mapping[type, Any] = {
    cst.MatchAs: _capture,
    cst.MatchClass: _class,
    cst.MatchList: _sequence,
    cst.MatchMapping: _mapping,
    cst.MatchOr: _alternatives,
    cst.MatchSequenceElement: _element,
    cst.MatchSingleton: _singleton,
    cst.MatchStar: _star,
    cst.MatchTuple: _sequence,
    cst.MatchValue: _value,
}
