"""Services and resources by names that are not defined."""

from collections.abc import Iterator
from functools import cache

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.diagnostics.words import nearest
from infragraph.dialects.sdk.names import DIRECT, DISTINCTIVE, METHODS
from infragraph.frontend.statics import span_of
from infragraph.frontend.undefined import Undefined, names, undefined
from infragraph.linking.checks.linked import Linked

_API = """\
{service}

@{decorator}.get("/orders", access="public")
async def list_orders() -> list[str]: ...
"""
_IMPORT = "from shop import shop\n"
_SHOP = """\
from infragraph import Service

shop = Service("shop")
"""

NAME_NOT_DEFINED = Problem(
    code="IG3205",
    slug="name-not-defined",
    severity=Severity.ERROR,
    summary="{name!r} is not defined: {reason}",
    why="What is declared or used by it is missing from the graph, and the program stops there.",
    help="{cure}",
    example=Example(
        bad={
            "shop/__init__.py": _SHOP,
            "shop/api.py": "from infragraph import Service\n\n"
            + _API.format(service="", decorator="«shop»"),
        },
        good={
            "shop/__init__.py": _SHOP,
            "shop/api.py": _API.format(service=_IMPORT, decorator="shop"),
        },
    ),
)

PROBLEMS = (NAME_NOT_DEFINED,)

DECORATORS = METHODS.keys() | DIRECT.keys()


def check(linked: Linked) -> Iterator[Diagnostic]:
    """Each name once in each file, where it is first used as only a service or resource is."""
    program = linked.machine.program
    names_of = cache(names)
    for module in program.modules.values():
        if module.is_library:
            continue
        first: dict[str, Undefined] = {}
        for found in undefined(
            program, module, names_of, decorators=DECORATORS, others=DISTINCTIVE
        ):
            known = first.get(found.name)
            if known is None or found.place < known.place:
                first[found.name] = found
        for name, found in first.items():
            near = nearest(name, module.bindings)
            yield NAME_NOT_DEFINED.at(
                span_of(found.place),
                expected="is not defined",
                name=name,
                reason=found.reason,
                cure=f"write '{near}', or import '{name}'" if near else f"import '{name}'",
            )
