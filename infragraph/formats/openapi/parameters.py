"""Where a call's values travel: path, query, headers and cookies."""

from collections.abc import Iterator, Mapping

from infragraph.documents.narrowing import Object, items, mapping, present, text
from infragraph.documents.payloads import changed, pointing
from infragraph.documents.wire_names import wire_name
from infragraph.formats.openapi.routes import Route
from infragraph.kinds.path import PathParameter
from infragraph.model.graph import Property


def parameters(route: Route, names: Mapping[str, str]) -> list[Property] | None:
    """Those of the path in its order, then the others in the function's; None if there are none."""
    found: list[Property] = [*_in_path(route, names), *_elsewhere(route, names)]
    return found or None


def written(endpoint_parameters: Property) -> list[Object]:
    """Parameters as the graph has them."""
    return [mapping(it) for it in items(endpoint_parameters)]


def _in_path(route: Route, names: Mapping[str, str]) -> Iterator[Object]:
    """A raw endpoint has no others in the graph than its path's, which are text."""
    known = {
        text(it.get("name")): it.get("schema")
        for it in written(route.endpoint.properties.get("parameters"))
        if it.get("in") == "path"
    }
    for one in route.path.parameters:
        yield present(
            {
                "name": route.names[one.name],
                "in": "path",
                "required": True,
                "description": _told(one, route.names[one.name]),
                "schema": _schema(known.get(one.name, {"type": "string"}), names),
            }
        )


def _told(parameter: PathParameter, name: str) -> str | None:
    """What a template cannot say."""
    sentences = (
        "The rest of the path, slashes included." if parameter.takes_rest else "",
        f"The function calls it '{parameter.name}'." if parameter.name != name else "",
    )
    return " ".join(filter(None, sentences)) or None


def _elsewhere(route: Route, names: Mapping[str, str]) -> Iterator[Object]:
    for one in written(route.endpoint.properties.get("parameters")):
        name, place = text(one.get("name")), text(one.get("in"))
        if name is None or place not in {"query", "header", "cookie"}:
            continue
        schema = _schema(_spoken(one.get("schema")), names)
        default = one.get("default")
        if default is not None:
            schema = {**mapping(schema), "default": default}
        yield {
            "name": wire_name(name, place),
            "in": place,
            "required": one.get("required") is True,
            "schema": schema,
        }


def _spoken(schema: Property) -> Property:
    """Without null, which text cannot say: who means it leaves the parameter out."""
    options = items(mapping(schema).get("anyOf"))
    left = [it for it in options if it != {"type": "null"}]
    if not left or len(left) == len(options):
        return schema
    rest = {word: value for word, value in mapping(schema).items() if word != "anyOf"}
    return {**mapping(left[0]), **rest} if len(left) == 1 else {"anyOf": left, **rest}


def _schema(schema: Property, names: Mapping[str, str]) -> Property:
    return changed(schema, pointing(names))
