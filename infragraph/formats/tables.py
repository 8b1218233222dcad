"""Every format by name, loaded when it is asked for.

To add one: write the module or package with a function `render`, and a line in `ALL_FORMATS` for
a picture (`render(Picture) -> str`, or `Undrawable` beyond a limit) or to `ALL_EXPORTS` for
documents (`render(Document) -> tuple[Artifact, ...]`). One that has no words for some of what a
graph can hold says which in `omissions(Document) -> tuple[str, ...]`, and `is_partial`. Then run
`make docs`, and commit what it makes of `fixtures/` below `tests/golden`. Commands, completion and
help follow the tables.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # `--help` lists formats, and needs nothing of what they are given
    from infragraph.formats.given import Document, Picture
    from infragraph.model.artifact import Artifact
    from infragraph.model.diagram import Undrawable


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A name, the module that renders it, and what it is good for, as help says it.

    `forms` are those of an export that has several, the usual one first. The module of one that
    `is_partial` has a function `omissions` too. One that `has_bindings` says how a cloud carries
    messages, of the cloud that it is told.
    """

    name: str
    module: str
    purpose: str
    forms: tuple[str, ...] = ()
    is_partial: bool = False
    has_bindings: bool = False


ALL_FORMATS: tuple[Format, ...] = (
    Format(
        name="svg",
        module="infragraph.formats.svg",
        purpose="an image for pages and pull requests, light and dark; needs Graphviz",
    ),
    Format(
        name="html",
        module="infragraph.formats.html",
        purpose="a page to explore, in one file that loads nothing; needs Graphviz",
    ),
    Format(
        name="mermaid",
        module="infragraph.formats.mermaid",
        purpose="Mermaid, which GitHub and others draw where it stands in Markdown",
    ),
    Format(
        name="dot",
        module="infragraph.formats.dot",
        purpose="DOT, for Graphviz and all that reads its language",
    ),
    Format(
        name="d2",
        module="infragraph.formats.d2",
        purpose="D2, for its own command",
    ),
    Format(
        name="structurizr",
        module="infragraph.formats.structurizr",
        purpose="a C4 model: the application, its services, and what they own",
    ),
)

ALL_EXPORTS: tuple[Format, ...] = (
    Format(
        name="asyncapi",
        module="infragraph.formats.asyncapi",
        purpose="AsyncAPI 3.0: topics, and who sends and receives, of each service and of all",
        has_bindings=True,
    ),
    Format(
        name="openapi",
        module="infragraph.formats.openapi",
        purpose="OpenAPI 3.1: the endpoints of each service",
        is_partial=True,
    ),
    Format(
        name="backstage",
        module="infragraph.formats.backstage",
        purpose="Backstage: catalog-info.yaml, with the definitions of its APIs",
        has_bindings=True,
        is_partial=True,
    ),
    Format(
        name="catalog",
        module="infragraph.formats.catalog",
        purpose="pages to read, as Markdown or HTML: services, topics, stores and payloads",
        forms=("markdown", "html"),
    ),
)


def names(formats: Iterable[Format]) -> tuple[str, ...]:
    return tuple(one.name for one in formats)


def picture_renderer(name: str) -> "Callable[[Picture], str | Undrawable]":
    """Of a name that is in `ALL_FORMATS`."""
    render: Callable[[Picture], str | Undrawable] = _module(ALL_FORMATS, name).render
    return render


def document_renderer(name: str) -> "Callable[[Document], tuple[Artifact, ...]]":
    """Of a name that is in `ALL_EXPORTS`."""
    render: Callable[[Document], tuple[Artifact, ...]] = _module(ALL_EXPORTS, name).render
    return render


def omissions_of(name: str) -> "Callable[[Document], tuple[str, ...]]":
    """What documents of a name that is in `ALL_EXPORTS` have no words for."""
    if not any(one.is_partial for one in ALL_EXPORTS if one.name == name):
        return lambda _given: ()
    omissions: Callable[[Document], tuple[str, ...]] = _module(ALL_EXPORTS, name).omissions
    return omissions


def _module(formats: Iterable[Format], name: str) -> Any:
    (module,) = (one.module for one in formats if one.name == name)
    return import_module(module)
