"""What can be wrong with the graph as a whole: one module per check."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.problem import Problem
from infragraph.linking.checks import (
    configured,
    cycles,
    dead_topics,
    dual_writes,
    duplicates,
    imports,
    outside,
    permissions,
    published_types,
    rebinding,
    stated_uses,
    undefined_names,
    unresolved_uses,
    unused,
)
from infragraph.linking.checks.linked import Linked

Check: TypeAlias = Callable[[Linked], Iterable[Diagnostic]]

ALL_CHECKS: tuple[Check, ...] = (
    imports.check,
    duplicates.check,
    rebinding.check,
    outside.check,
    dead_topics.check,
    unused.check,
    cycles.check,
    dual_writes.check,
    unresolved_uses.check,
    undefined_names.check,
    stated_uses.check,
    permissions.check,
    published_types.check,
    configured.check,
)

CHECK_PROBLEMS: tuple[Problem, ...] = (
    *imports.PROBLEMS,
    *duplicates.PROBLEMS,
    *rebinding.PROBLEMS,
    *outside.PROBLEMS,
    *dead_topics.PROBLEMS,
    *unused.PROBLEMS,
    *cycles.PROBLEMS,
    *dual_writes.PROBLEMS,
    *unresolved_uses.PROBLEMS,
    *undefined_names.PROBLEMS,
    *stated_uses.PROBLEMS,
    *permissions.PROBLEMS,
    *published_types.PROBLEMS,
)
