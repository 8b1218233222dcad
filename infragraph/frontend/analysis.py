"""Running the machine over a whole application."""

from collections.abc import Iterable

from infragraph.frontend.activation import Known, Opening
from infragraph.frontend.entering import opened
from infragraph.frontend.expressions import EVALUATORS
from infragraph.frontend.library import Library
from infragraph.frontend.machine import Machine
from infragraph.frontend.ordering import ordered
from infragraph.frontend.program import Module, Program, bindings
from infragraph.frontend.relevance import found_late, is_relevant, judge
from infragraph.frontend.running import run
from infragraph.frontend.semantics import Semantics
from infragraph.frontend.statements import EXECUTORS
from infragraph.frontend.stdlib import StandardLibrary
from infragraph.frontend.values import NOTHING, Value
from infragraph.model.facts import Directive, ModuleFacts
from infragraph.model.source import Position, SourceFile

USES = "uses"
"""The directive that states an edge by hand."""


def module_of(source: SourceFile, facts: ModuleFacts) -> Module:
    return Module(
        name=source.module,
        path=source.path,
        is_package=source.is_package,
        is_library=source.is_library,
        facts=facts,
        bindings=bindings(facts.body),
        uses=stated_uses(facts.directives),
    )


def stated_uses(
    directives: Iterable[Directive],
) -> dict[int, tuple[tuple[str, str, Position], ...]]:
    """What `# infragraph: uses[relation target]` says, by the line it speaks of.

    That is its own, or the next that is no such comment where it stands alone.
    """
    found = tuple(directives)
    alone = {directive.at.line for directive in found if directive.alone}
    stated: dict[int, tuple[tuple[str, str, Position], ...]] = {}
    for directive in found:
        if directive.kind != USES:
            continue
        line = directive.at.line
        while line in alone:
            line += 1
        for argument in directive.arguments:
            relation, _, target = argument.strip().partition(" ")
            stated[line] = (*stated.get(line, ()), (relation, target.strip(), directive.at))
    return stated


SEMANTICS = Semantics(
    run=run,
    judge=judge,
    expressions=EVALUATORS,
    statements=EXECUTORS,
)


def evaluate(application: Program, dialects: tuple[Library, ...]) -> Machine:
    """Every module's body, and every function it leads to, run until nothing is added.

    Functions that nothing calls are run too: handlers first, then the others, since a function that
    a handler reaches shall not also be run as one that nobody calls.
    """
    known: Known = frozenset()
    while True:
        machine = Machine(application, SEMANTICS, (*dialects, StandardLibrary()), known)
        _run(machine)
        late = found_late(machine)
        if late <= known:
            return machine
        known |= late


def _run(machine: Machine) -> None:
    for name in machine.program.modules:
        machine.module(name)
    machine.settle()
    while _open_handlers(machine) or _open_others(machine):
        pass


def _open_handlers(machine: Machine) -> bool:
    """Run what was decorated; whether anything is new."""
    before = len(machine.activations)
    for written in list(machine.declared.values()):
        for value in ordered(written.handler or NOTHING):
            _open(machine, value)
    machine.settle()
    return len(machine.activations) > before


def _open(machine: Machine, value: Value) -> None:
    """Run a handler, unless that was done and would come to the same."""
    opening = machine.openings.get(value)
    if opening is None:
        opening = machine.openings[value] = Opening(value)
    elif opening not in machine.work.openings:
        return
    machine.work.openings.discard(opening)
    machine.work.running.append(opening)
    opened(machine, value)
    machine.work.running.pop()


def _open_others(machine: Machine) -> bool:
    """Run one round of the relevant functions that nothing has called; whether anything is new."""
    before = len(machine.activations)
    waiting = [
        function
        for code, functions in machine.functions.items()
        if not code.module.is_library and not machine.is_entered(code)
        for function in functions.values()
        if function.role == "plain"
    ]
    for function in waiting:
        # An earlier one of this round may have called it.
        if not machine.is_entered(function.code) and is_relevant(machine, function):
            opened(machine, function)
            machine.settle()
    return len(machine.activations) > before
