"""Imports that climb out of the application."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.frontend.statics import span_of
from infragraph.linking.checks.linked import Linked

IMPORT_ABOVE_TOP = Problem(
    code="IG1201",
    slug="import-above-top",
    severity=Severity.ERROR,
    summary="this import of {name!r} climbs above the top-level package",
    why="Python refuses it when the module is imported, and the names that it brings are unknown.",
    help="remove a dot, or list the folder above under 'roots' in infragraph.yaml",
    example=Example(
        bad={"shop/__init__.py": "", "shop/api.py": "«from ...events import orders»\n"},
        good={
            "shop/__init__.py": "",
            "shop/api.py": "from . import events\n",
            "shop/events.py": "",
        },
    ),
)

PROBLEMS = (IMPORT_ABOVE_TOP,)


def check(linked: Linked) -> Iterator[Diagnostic]:
    libraries = {
        module.path for module in linked.machine.program.modules.values() if module.is_library
    }
    for place, name in linked.machine.misplaced.items():
        if place.path not in libraries:
            yield IMPORT_ABOVE_TOP.at(span_of(place), expected="leads nowhere", name=name)
