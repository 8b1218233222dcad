"""The headers by which our services speak to each other."""

from starlette.types import Scope

SERVICE = "x-infragraph-service"
"""A token that says which service is calling."""

CALLER = "x-infragraph-caller"
"""A token with the identity of whoever made the first request."""

TIMEOUT = "x-infragraph-timeout-ms"
"""How many milliseconds the one who calls is still willing to wait."""

INTERNAL = "/__infragraph"
"""Where the runtime's own routes lie."""

_OTHERS = (b"authorization", b"traceparent", b"tracestate")


def spoken(scope: Scope) -> dict[str, str]:
    """Of a request's headers those that services speak to each other by, in lower case.

    Read in one pass: a request of anyone else has none of them, and asks for nothing else here.
    """
    return {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in scope["headers"]
        if name.startswith(b"x-infragraph-") or name in _OTHERS
    }
