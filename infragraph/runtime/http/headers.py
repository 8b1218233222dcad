"""The headers by which our services speak to each other."""

from collections.abc import Iterable

SERVICE = "x-infragraph-service"
"""A token that says which service is calling."""

CALLER = "x-infragraph-caller"
"""A token with the identity of whoever made the first request."""

TIMEOUT = "x-infragraph-timeout-ms"
"""How many milliseconds the one who calls is still willing to wait."""

LENGTH = "content-length"

INTERNAL = "/__infragraph"
"""Where the runtime's own routes lie."""

PROOFS = frozenset({SERVICE, CALLER, "authorization"})
"""Those by which a request says who makes it: without them it is anyone's."""

_SPOKEN = {name.encode(): name for name in (*PROOFS, TIMEOUT, LENGTH, "traceparent", "tracestate")}


def spoken(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Of a request's headers those that the runtime itself reads, in lower case.

    Read in one pass: a request of anyone else has hardly any, and asks for nothing else here.
    """
    return {_SPOKEN[name]: it.decode("latin-1") for name, it in headers if name in _SPOKEN}
