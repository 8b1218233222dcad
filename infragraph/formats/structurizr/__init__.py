"""A C4 model in the language of Structurizr.

The application is a software system, a service a container, and what it owns are components. A view
without containers has them too: they come from the services that its shapes belong to.
"""

from collections.abc import Iterable, Iterator, Mapping

from infragraph.formats.given import Picture
from infragraph.formats.structurizr.model import Model, Part, model_of
from infragraph.formats.structurizr.styles import styles
from infragraph.formats.structurizr.words import mark_tag, quoted
from infragraph.model.diagram import Arrow, Direction
from infragraph.model.source import SourceSpan
from infragraph.views.source_links import source_link
from infragraph.views.written import words

_DIRECTIONS: Mapping[Direction, str] = {"right": "lr", "down": "tb"}
_INDENT = "    "


def render(picture: Picture) -> str:
    diagram = picture.diagram
    model = model_of(diagram, picture.scene.graph.application)
    body = (
        "model {",
        *_indented(_model(model, diagram.arrows, picture.source_url)),
        "}",
        "views {",
        *_indented(_views(model, diagram.title, _DIRECTIONS[diagram.direction])),
        *_indented(styles(diagram)),
        "}",
    )
    head = f"workspace {quoted(diagram.title)} {quoted(' '.join(diagram.notes))} {{"
    return "\n".join((head, *_indented(body), "}", ""))


def _model(model: Model, arrows: Iterable[Arrow], template: str | None) -> Iterator[str]:
    # An arrow between components is one between their containers, in the views of those.
    yield "!impliedRelationships true"
    yield f"{model.key} = softwareSystem {quoted(model.name)} {{"
    for container in model.containers:
        yield from _indented(_part("container", container, template))
    yield "}"
    for system in model.systems:
        yield from _part("softwareSystem", system, template)
    for arrow in arrows:
        ends = f"{model.keys[arrow.source]} -> {model.keys[arrow.target]}"
        tags = ",".join((arrow.relation, *map(mark_tag, arrow.marks)))
        yield f'{ends} {quoted(words(arrow))} "" {quoted(tags)}'


def _part(keyword: str, part: Part, template: str | None) -> Iterator[str]:
    description, tags = quoted(part.description), quoted(",".join(part.tags))
    technology = "" if keyword == "softwareSystem" else f" {quoted(part.technology)}"
    line = f"{part.key} = {keyword} {quoted(part.name)} {description}{technology} {tags}"
    inner = (*_url(template, part.span), *_components(part, template))
    if not inner:
        yield line
        return
    yield f"{line} {{"
    yield from _indented(inner)
    yield "}"


def _components(part: Part, template: str | None) -> Iterator[str]:
    for component in part.parts:
        yield from _part("component", component, template)


def _url(template: str | None, span: SourceSpan | None) -> Iterator[str]:
    link = source_link(template, span)
    if link is not None:
        yield f"url {quoted(link)}"


def _views(model: Model, title: str, direction: str) -> Iterator[str]:
    yield from _view(f'systemContext {model.key} "context"', title, direction)
    yield from _view(f'container {model.key} "containers"', title, direction)
    for container in model.containers:
        if container.parts:
            opening = f'component {container.key} "components-{container.key}"'
            yield from _view(opening, f"{title}: {container.name}", direction)


def _view(opening: str, title: str, direction: str) -> Iterator[str]:
    yield f"{opening} {{"
    yield from _indented((f"title {quoted(title)}", "include *", f"autoLayout {direction}"))
    yield "}"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"{_INDENT}{line}" for line in lines)
