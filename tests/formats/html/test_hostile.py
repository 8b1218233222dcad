"""Nothing that a user wrote is ever run, in whatever field it stands."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.model.graph import Edge, Evidence, InfraGraph, Node, Unresolved
from infragraph.model.source import SourceSpan
from infragraph.usecases.diagram import Wanted, draw
from infragraph.views.scene import Scene
from tests.formats.html.conftest import Opened
from tests.layout.graphviz import lay_out

pytestmark = pytest.mark.slow

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "--><script>alert(1)</script><!--",
    "<!--<script>",
    "]]><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<base href='https://example.invalid/'>",
    "<meta http-equiv=refresh content='0;url=https://example.invalid/'>",
    "<link rel=stylesheet href='https://example.invalid/x.css'>",
    "<math><mi xlink:href='javascript:alert(1)'>x",
    "<object data='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "`;alert(1)//",
    "\\u003cscript>alert(1)\\u003c/script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u2028alert(1)\u2029",
    "\u202ealert(1)\u202c",
    "\x00\x1b]0;x\x07<script>alert(1)</script>",
    "\ud800 half a pair",
    "__proto__",
    "constructor",
    "שלום <b>עולם</b> 😀",
    "line one\nline two -- and ' \" more",
)


def scene(text: str) -> tuple[Scene, Diagnostic]:
    """In every field of every thing."""
    # Of half pairs, the name of a file can hold those alone that stand for bytes.
    path = text.replace("\ud800", "\udcff")
    span = SourceSpan(path=f"{path}.py", line=1, column=1, end_line=1, end_column=2)
    kinds = {"topic": f"topic:{text}", "subscription": f"subscription:{text}/{text}"}

    def node(kind: str, name: str) -> Node:
        return Node(
            id=name,
            kind=kind,
            name=text,
            service=text,
            doc=text,
            symbol=text,
            span=span,
            properties={text: text, "payload": {"$ref": f"#/payloads/{text}", "description": text}},
        )

    graph = InfraGraph(
        application=text,
        nodes=(*(node(*it) for it in kinds.items()), node("service", f"service:{text}")),
        edges=(
            Edge(
                source=kinds["topic"],
                relation="delivers",
                target=kinds["subscription"],
                properties={text: text},
                evidence=(Evidence(span=span, via=(text, text)),),
            ),
        ),
        payloads={text: {"type": "object", "title": text, "properties": {text: {"title": text}}}},
        unresolved=(Unresolved(span=span, expression=text, reason=text),),
    )
    finding = Diagnostic(
        code="IG3101", slug=text, severity=Severity.WARNING, message=text, span=span, help=text
    )
    return Scene(graph=graph, owners={text: text}), finding


def drawn(text: str) -> str:
    one, finding = scene(text)
    wanted = Wanted(form="html", view="system", depth=1, source_url="https://example.com/{path}")
    page = draw(one, (finding,), wanted, lay_out)
    assert isinstance(page, str)
    return page


def steps(page: Page) -> Iterator[str | None]:
    """Everything that puts text into the page; after each, what the panel is about."""
    yield page.locator("#panel").text_content()
    for shape in page.locator(".shape").all():
        shape.hover()
        shape.click()
        yield page.locator("#panel h2").text_content()
        page.keyboard.press("Escape")
    page.locator(".arrow .line").first.dispatch_event("click")
    yield page.locator("#panel").text_content()
    page.locator("#search").fill("a")
    yield page.locator("#results").text_content()
    page.keyboard.press("Escape")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_stays_text_and_nothing_leaves_the_page(
    opened: Callable[..., Opened], text: str
) -> None:
    found = opened(drawn(text))
    page = found.page

    assert all(said is not None for said in steps(page))
    page.evaluate("go({ node: data.nodes[0].id })")
    # No address can hold half of a pair, and no name in a graph does.
    if "\ud800" not in text:
        assert page.evaluate("data.nodes[0].name") == text
        assert page.locator("#panel h2").text_content() == text
        expect(page.locator(".shape.chosen")).to_have_count(1)
    tags = set(page.evaluate("[...document.querySelectorAll('*')].map((it) => it.localName)"))
    assert not tags & {"img", "iframe", "object", "form", "base", "link", "math", "b", "textarea"}
    assert page.locator("script").count() == 2
    addresses = page.evaluate("[...document.links].map((it) => it.protocol)")
    assert set(addresses) <= {"https:", ""}
    assert found.wrongs() == []
