"""Rules of a listener: which requests go to which service, within what a rule may say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from infragraph.targets.aws.load_balancer_patterns import covers, meet
from infragraph.targets.aws.load_balancer_routes import Route

MOST_RULES = 100
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html,
2026-11-25; adjustable."""

MOST_VALUES = 3
MOST_WILDCARDS = 5
"""Of one condition, and of one rule: the same page, and listener-rules.html beside it, 2026-11-25.
A rule has five values in all: three paths, or three methods for one path, and a host."""

LONGEST_VALUE = 128
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_PathPatternConditionConfig.html,
2026-11-25."""

_WRITABLE = re.compile(r"[A-Za-z0-9_.$/~\"'@:+&*-]+")
_FIRST_SHARED, _LAST_SHARED = 30_000, 50_000
_DEPTH, _ROOM = 5, 29


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Requests that match one of the paths, by one of the methods if there are any.

    They go to the service, or nowhere where the rule `is_closed`: the path is private, and a
    wider one that is not would take its requests.

    `priority` says which of two rules is asked first: the lower one. It hardly depends on the
    other rules, so that a new one moves none: AWS has each priority once, also for a moment.
    """

    service: str
    patterns: tuple[str, ...] = ()
    regexes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    is_closed: bool = False
    priority: int = 0

    @property
    def digest(self) -> str:
        kind = "closed" if self.is_closed else "open"
        content = (self.service, kind, *self.patterns, *self.regexes, *self.methods)
        return sha256("\n".join(content).encode()).hexdigest()


def rules(known: Sequence[Route]) -> tuple[Rule, ...]:
    """The rules of all routes that are not private, sorted by priority.

    A route whose pattern matches nothing of another service's, or of a private endpoint, shares
    a rule with others. Any other has rules of its own, with its methods and to the letter.
    """
    exposed = [route for route in known if not route.is_private]
    shared = [route for route in exposed if not _is_contested(route, known)]
    # In the order of `known`.
    contested = [
        route
        for route in known
        if (_is_wanted(route, exposed) if route.is_private else route not in shared)
    ]
    taken: set[int] = set()
    found: list[Rule] = []
    last = 0
    for route, rule in _own_rules(contested):
        last = max(last + 1, _place(route, rule))
        taken.add(last)
        found.append(replace(rule, priority=last))
    for rule in _shared_rules(shared):
        priority = _FIRST_SHARED + int(rule.digest[:8], 16) % (_LAST_SHARED - _FIRST_SHARED)
        while priority in taken:
            priority = priority + 1 if priority < _LAST_SHARED else _FIRST_SHARED
        taken.add(priority)
        found.append(replace(rule, priority=priority))
    return tuple(sorted(found, key=lambda it: it.priority))


def fault(route: Route) -> str | None:
    """Why no rule can name a route's path."""
    if _WRITABLE.fullmatch(route.pattern) is None or "*" in route.path:
        return "it has characters that a load balancer's rules do not take"
    if max(len(route.pattern), len(route.regex)) > LONGEST_VALUE:
        return f"a load balancer's rules take {LONGEST_VALUE} characters"
    if route.pattern.count("*") > MOST_WILDCARDS:
        return f"a load balancer's rules take {MOST_WILDCARDS} parameters"
    return None


def _is_contested(route: Route, known: Sequence[Route]) -> bool:
    return any(
        meet(route.pattern, other.pattern)
        for other in known
        if other.is_private or other.service != route.service
    )


def _is_wanted(private: Route, exposed: Sequence[Route]) -> bool:
    """Whether requests to a private route would get there by the rules of a wider one."""
    return any(
        other.order > private.order
        and _share_a_method(private, other)
        and meet(private.pattern, other.pattern)
        for other in exposed
    )


def _share_a_method(one: Route, other: Route) -> bool:
    if one.methods is None or other.methods is None:
        return True
    return not one.methods.isdisjoint(other.methods)


def _own_rules(contested: Sequence[Route]) -> Iterator[tuple[Route, Rule]]:
    for route in contested:
        methods = sorted(route.methods or ())
        for at in range(0, max(len(methods), 1), MOST_VALUES):
            yield (
                route,
                Rule(
                    service=route.service,
                    regexes=(route.regex,),
                    methods=tuple(methods[at : at + MOST_VALUES]),
                    is_closed=route.is_private,
                ),
            )


def _shared_rules(shared: Sequence[Route]) -> Iterator[Rule]:
    for service in sorted({route.service for route in shared}):
        patterns = sorted({route.pattern for route in shared if route.service == service})
        needed = [
            it
            for it in patterns
            if not any(other != it and covers(other, it) for other in patterns)
        ]
        for few in _packed(needed):
            yield Rule(service=service, patterns=few)


def _packed(patterns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    few: list[str] = []
    for pattern in patterns:
        wildcards = sum(it.count("*") for it in (*few, pattern))
        if few and (len(few) == MOST_VALUES or wildcards > MOST_WILDCARDS):
            yield tuple(few)
            few = []
        few.append(pattern)
    if few:
        yield tuple(few)


def _place(route: Route, rule: Rule) -> int:
    """By the kinds of its first parts, so that of two routes the narrower one is asked first."""
    kinds = [*route.order, *([0] * _DEPTH)][:_DEPTH]
    band = 0
    for kind in kinds:
        band = 4 * band + kind
    return 1 + band * _ROOM + int(rule.digest[:8], 16) % _ROOM
