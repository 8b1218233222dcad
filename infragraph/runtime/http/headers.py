"""The headers by which our services speak to each other."""

SERVICE = "x-infragraph-service"
"""A token that says which service is calling."""

CALLER = "x-infragraph-caller"
"""A token with the identity of whoever made the first request."""

TIMEOUT = "x-infragraph-timeout-ms"
"""How many milliseconds the one who calls is still willing to wait."""

INTERNAL = "/__infragraph"
"""Where the runtime's own routes lie."""
