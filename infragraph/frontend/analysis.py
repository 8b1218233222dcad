"""Running the machine over a whole application."""

from collections.abc import Iterable

from infragraph.frontend import statements
from infragraph.frontend.library import Library
from infragraph.frontend.machine import Machine
from infragraph.frontend.program import Module, Program, bindings, program
from infragraph.frontend.stdlib import StandardLibrary
from infragraph.model.facts import Directive, ModuleFacts
from infragraph.model.source import Position, SourceFile

USES = "uses"
"""The directive that states an edge by hand."""


def modules(files: Iterable[tuple[SourceFile, ModuleFacts]]) -> Program:
    """The program that these files make."""
    return program(
        Module(
            name=source.module,
            path=source.path,
            is_package=source.is_package,
            is_library=source.is_library,
            facts=facts,
            bindings=bindings(facts.body),
            uses=stated_uses(facts.directives),
        )
        for source, facts in files
    )


def stated_uses(
    directives: Iterable[Directive],
) -> dict[int, tuple[tuple[str, str, Position], ...]]:
    """What `# infragraph: uses[relation target]` says, by the line it speaks of."""
    stated: dict[int, tuple[tuple[str, str, Position], ...]] = {}
    for directive in directives:
        if directive.kind != USES:
            continue
        line = directive.at.line + 1 if directive.alone else directive.at.line
        for argument in directive.arguments:
            relation, _, target = argument.strip().partition(" ")
            stated[line] = (*stated.get(line, ()), (relation, target.strip(), directive.at))
    return stated


def evaluate(application: Program, dialects: tuple[Library, ...]) -> Machine:
    """Every module's body, and every function it leads to, run until nothing is added."""
    machine = Machine(application, statements.run, libraries=(*dialects, StandardLibrary()))
    for name in application.modules:
        machine.module(name)
    machine.settle()
    return machine
