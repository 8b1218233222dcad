"""The patterns of `match`: what each binds, to what, and which expressions it names."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from infragraph.frontend.extract.expressions import Lower
from infragraph.frontend.extract.tree import Tree
from infragraph.model import facts


class Pattern(NamedTuple):
    """What one pattern binds and names."""

    whole: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    mentions: tuple[facts.Expression, ...] = ()
    is_irrefutable: bool = False


def _value(node: Any, tree: Tree) -> Pattern:
    return Pattern(mentions=(tree.of(node.value),))


def _singleton(node: Any, tree: Tree) -> Pattern:
    return Pattern(mentions=(facts.Constant(node.value, tree.at(node)),))


def _capture(node: Any, tree: Tree) -> Pattern:
    whole = () if node.name is None else (node.name,)
    if node.pattern is None:
        return Pattern(whole=whole, is_irrefutable=True)
    inner: Pattern = tree.of(node.pattern)
    return inner._replace(whole=(*inner.whole, *whole))


def _alternatives(node: Any, tree: Tree) -> Pattern:
    inner: tuple[Pattern, ...] = tree.all_of(node.patterns)
    return Pattern(
        whole=_once(name for one in inner for name in one.whole),
        parts=_once(name for one in inner for name in one.parts),
        mentions=tuple([mention for one in inner for mention in one.mentions]),
        is_irrefutable=any(one.is_irrefutable for one in inner),
    )


def _star(node: Any, _tree: Tree) -> Pattern:
    return Pattern(whole=() if node.name is None else (node.name,))


def _sequence(node: Any, tree: Tree) -> Pattern:
    return _within((), tree.all_of(node.patterns))


def _mapping(node: Any, tree: Tree) -> Pattern:
    found = _within(tree.all_of(node.keys), tree.all_of(node.patterns))
    return found if node.rest is None else found._replace(parts=_once((*found.parts, node.rest)))


def _class(node: Any, tree: Tree) -> Pattern:
    return _within(
        (tree.of(node.cls),), (*tree.all_of(node.patterns), *tree.all_of(node.kwd_patterns))
    )


def _within(mentions: tuple[facts.Expression, ...], inner: tuple[Pattern, ...]) -> Pattern:
    return Pattern(
        parts=_once(name for one in inner for name in (*one.whole, *one.parts)),
        mentions=(*mentions, *(mention for one in inner for mention in one.mentions)),
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


PATTERNS: Mapping[str, Lower] = {
    "MatchAs": _capture,
    "MatchClass": _class,
    "MatchMapping": _mapping,
    "MatchOr": _alternatives,
    "MatchSequence": _sequence,
    "MatchSingleton": _singleton,
    "MatchStar": _star,
    "MatchValue": _value,
}
