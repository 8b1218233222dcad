"""The errors that endpoints answer with, as far as the source raises them."""

from collections.abc import Iterable, Mapping

import infragraph
from infragraph.frontend.steps import Raised
from infragraph.linking.used import Used


def errors_by_endpoint(used: Iterable[Used]) -> Mapping[str, tuple[str, ...]]:
    """The names of the SDK's errors that handlers of endpoints can raise, by the endpoint's id."""
    found: dict[str, set[str]] = {}
    for one in used:
        if isinstance(one.step, Raised) and one.source is not None:
            name = _API_ERRORS.get(one.step.error)
            if name is not None and one.source.startswith("endpoint:"):
                found.setdefault(one.source, set()).add(name)
    return {source: tuple(sorted(names)) for source, names in found.items()}


_API_ERRORS: Mapping[str, str] = {
    f"infragraph.{name}": name
    for name in infragraph.__all__
    if isinstance(getattr(infragraph, name), type)
    and issubclass(getattr(infragraph, name), infragraph.APIError)
}
