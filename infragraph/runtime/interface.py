"""An endpoint as both sides of a call know it: where each parameter travels, and with what type."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast, get_type_hints

from infragraph.runtime.application import Graph
from infragraph.runtime.codec import Codec, codec
from infragraph.runtime.quantities import seconds, size
from infragraph.sdk.endpoint import Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """`place` is `path`, `query`, `header`, `cookie` or `body`."""

    name: str
    place: str
    type: Any
    is_required: bool
    is_list: bool


@dataclass(frozen=True, kw_only=True)
class Interface:
    """`node` is the endpoint's id in the graph; `timeout` is in seconds, None for a raw one."""

    node: str
    endpoint: Endpoint[..., Any]
    timeout: float | None
    body_limit: int
    places: Mapping[str, tuple[str, bool]]

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """In the order of the handler's signature; a raw endpoint reads its request itself."""
        if self.endpoint.raw:
            return ()
        hints = get_type_hints(self.endpoint.handler, include_extras=True)
        return tuple(
            Parameter(
                name=name,
                place=self.places[name][0],
                type=hints[name],
                is_required=parameter.default is inspect.Parameter.empty,
                is_list=self.places[name][1],
            )
            for name, parameter in inspect.signature(self.endpoint.handler).parameters.items()
            if name in self.places
        )

    @cached_property
    def result(self) -> Codec | None:
        """How the result travels, None where the handler says that there is none."""
        hint = get_type_hints(self.endpoint.handler, include_extras=True).get("return")
        return None if hint is None or hint is type(None) else codec(hint)


def interface(endpoint: Endpoint[..., Any], graph: Graph) -> Interface:
    """What the graph and the source say of an endpoint.

    Raises:
        KeyError: the graph does not know it.
    """
    node = f"endpoint:{endpoint.service}/{endpoint.name}"
    parameters = graph.nodes[node]["properties"]["parameters"]
    return Interface(
        node=node,
        endpoint=endpoint,
        timeout=None if endpoint.timeout is None else seconds(endpoint.timeout),
        body_limit=size(endpoint.body_limit),
        places={it["name"]: (it["in"], _is_list(it["schema"])) for it in parameters},
    )


def _is_list(schema: object) -> bool:
    """Whether a value may be given several times: a list, or a list that may be left out."""
    if not isinstance(schema, dict):
        return False
    said = cast("dict[str, Any]", schema)
    return said.get("type") == "array" or any(_is_list(it) for it in said.get("anyOf", ()))
