"""The types that a small program's topics are declared with."""

from collections.abc import Mapping
from textwrap import dedent

from infragraph.dialects.sdk import SdkDialect
from infragraph.frontend.analysis import evaluate, module_of
from infragraph.frontend.extract import extract
from infragraph.frontend.machine import Machine
from infragraph.frontend.program import program
from infragraph.frontend.types import carried_facts
from infragraph.frontend.values import TypeArgument
from infragraph.model.declaration import TypeFacts
from infragraph.model.source import SourceFile


def settled(files: Mapping[str, str] | str, *, libraries: frozenset[str] = frozenset()) -> Machine:
    """A machine that has run these files; one text alone is `shop.py`."""
    texts = {"shop.py": files} if isinstance(files, str) else files
    sources = [
        SourceFile(
            path=path,
            module=path.removesuffix(".py").removesuffix("/__init__").replace("/", "."),
            content=dedent(text).encode(),
            is_package=path.endswith("__init__.py"),
            is_library=path in libraries,
        )
        for path, text in sorted(texts.items())
    ]
    application = program(module_of(source, extract(source.content)) for source in sources)
    return evaluate(application, (SdkDialect(),))


def payload(
    files: Mapping[str, str] | str, *, libraries: frozenset[str] = frozenset()
) -> TypeFacts:
    """The payload type of the only topic."""
    machine = settled(files, libraries=libraries)
    arguments: list[TypeArgument] = [
        declared.type_argument
        for declared in machine.declared.values()
        if declared.kind == "topic" and declared.type_argument is not None
    ]
    (argument,) = arguments
    return carried_facts(machine, argument)


def faults(facts: TypeFacts) -> list[tuple[str, str, str]]:
    """The faults as kind, name, and place."""
    return [
        (fault.kind, fault.name, f"{fault.span.path}:{fault.span.line}:{fault.span.column}")
        for fault in facts.faults
    ]
