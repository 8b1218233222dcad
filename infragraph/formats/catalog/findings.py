"""What is wrong with the application, as far as its source tells."""

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.formats.catalog.contents import Contents
from infragraph.formats.catalog.page import Block, Cell, Code, plain, section

_HEADS = ("Code", "Severity", "Where", "What is wrong", "What to do")


def findings(contents: Contents) -> tuple[Block, ...]:
    """The worst first, else in the order in which they are told."""
    found = sorted(contents.given.diagnostics, key=lambda it: _GRAVITY[it.severity])
    return section("Findings", _HEADS, tuple(_row(contents, it) for it in found))


def _row(contents: Contents, one: Diagnostic) -> tuple[Cell, ...]:
    return (
        ((Code(text=one.code),),),
        plain(one.severity.value),
        (contents.source(one.span),),
        plain(one.message),
        plain(one.help),
    )


_GRAVITY = {severity: place for place, severity in enumerate(Severity)}
