"""The one mistake that several findings may be about."""

import sys

from infragraph.model.declaration import TypeFault


def of_type(fault: TypeFault) -> str:
    """A type's fault is one, however many parameters and payloads have the type.

    So is a name that is missing in a file, however many types there need it.
    """
    if fault.library:
        return of_library(fault.library)
    if fault.kind in {"not-found", "type-checking-only"}:
        return f"{fault.kind} {fault.name} {fault.detail} {fault.span.path}"
    return f"{fault.kind} {fault.span.path}:{fault.span.line}:{fault.span.column}"


def of_library(path: str) -> str:
    """A package of which no source was read, whatever is missed of it."""
    package = path.partition(".")[0]
    is_known = package == "infragraph" or package in sys.stdlib_module_names
    return "" if is_known else f"library {package}"
