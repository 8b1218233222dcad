"""What every process of a run gets from its environment."""

from collections.abc import Iterable, Mapping

_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_LOOPBACK = "localhost,127.0.0.1,::1"


def service_variables(
    environment: Mapping[str, str],
    secrets: Mapping[str, str],
    names: Iterable[str],
    more: Mapping[str, str],
) -> dict[str, str]:
    """Those of whoever runs it, with the values of the secrets called `names`, and `more`."""
    declared = frozenset(names)
    kept = {name: it for name, it in environment.items() if name not in declared}
    return {**kept, **_direct(environment), **secrets, "PYTHONUNBUFFERED": "1", **more}


def _direct(environment: Mapping[str, str]) -> dict[str, str]:
    """Services talk to each other and to the broker on this machine, whatever proxy it has."""
    if not any(name.lower() in _PROXIES for name in environment):
        return {}
    written = environment.get("no_proxy", environment.get("NO_PROXY", ""))
    value = f"{written},{_LOOPBACK}" if written else _LOOPBACK
    return {"no_proxy": value, "NO_PROXY": value}
