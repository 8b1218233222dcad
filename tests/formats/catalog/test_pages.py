"""What pages tell, and that no text that people write is anything but text on them."""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.formats.catalog import render
from infragraph.formats.given import Document, Others
from infragraph.model.graph import Edge, Evidence, InfraGraph, Node, Property, Unresolved
from infragraph.views.scene import Scene
from tests.formats.applications import APPLICATIONS
from tests.formats.backstage.entities import ownership
from tests.formats.catalog.reading import dangling, expected, seen_in, squeezed
from tests.formats.documents import SPAN, files, graph, graph_of, node
from tests.golden.comparing import matches_golden_tree

FORMS = ("markdown", "html")
SOURCE = "https://example.com/blob/main/{path}#L{line}"

MARKDOWN_TAGS = {"h1", "h2", "p", "a", "code", "ul", "li", "br", "pre"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
HTML_TAGS = (MARKDOWN_TAGS - {"ul", "li", "pre"}) | {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "nav",
    "main",
    "small",
    "bdi",
    "div",
    "dl",
    "dt",
    "dd",
}

texts = st.text(st.characters(exclude_categories=["Cs"]))

EVIL = (
    "</script><img src=x onerror=alert(1)>\n\n<b>",
    "[a](javascript:alert(1)) ![b](//c.example) <https://d.example> [e]: f",
    "a | b\n--- | ---\n`c` | ``d`` \\|",
    "1. x\n2) y\n- z\n+ u\n# v\n===\n---\n    code\n\t> w\n~~~\n```",
    "{{ site.x }} {% raw %} {: .a} $b$ ~~c~~ &amp; &#60; \\* *d* _e_ __f__",
    "\u202eabc\u2066 \U0001f600 \x00\x1b[31m\x7f\r\nx\r",
    "www.example.com https://e.example mailto:a@b.example :tada: @all",
)


def application(text: str) -> InfraGraph:
    """Written wherever people write, names among it."""
    payload: Property = {"$ref": f"#/payloads/{text}.Order"}
    schema: dict[str, Property] = {
        "type": "object",
        "description": text,
        "properties": {
            text: {"type": "string", "default": text, "enum": [text], "description": text},
            "lines": {"type": "array", "items": {"type": "object", "properties": {text: payload}}},
        },
        "required": [text],
    }
    endpoint: dict[str, Property] = {
        "method": "POST",
        "path": text,
        "access": text,
        "request": payload,
        "response": payload,
        "errors": [text],
        "handler": text,
    }
    nodes = (
        node("bucket:b", service="shop", doc=text),
        node("cron:c", {"schedule": text, "timezone": text}, doc=text),
        node("endpoint:shop/place", endpoint, doc=text),
        node("service:shop", {"auth_handler": text, "mounts": [{"path": text}]}, doc=text),
        node("subscription:orders/pack", {"topic": "orders", "filter": {text: [text]}}, doc=text),
        node("topic:orders", {"payload": payload, "publishers": [text, text]}, doc=text),
        *(renamed(it, text) for it in ("database:d", "service:s", "topic:t")),
    )
    evidence = (Evidence(span=SPAN, via=(text,)),)
    edges = tuple(
        Edge(source=source, relation=relation, target=target, properties={}, evidence=evidence)
        for source, relation, target in (
            ("cron:c", "publishes", "topic:t"),
            ("endpoint:shop/place", "publishes", "topic:orders"),
            ("endpoint:shop/place", "queries", "database:d"),
            ("endpoint:shop/place", "calls", text),
            ("topic:orders", "delivers", "subscription:orders/pack"),
        )
    )
    return InfraGraph(
        application=text,
        nodes=nodes,
        edges=edges,
        payloads={f"{text}.Order": schema},
        unresolved=(Unresolved(span=SPAN, expression=text, reason=text),),
    )


def finding(text: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    return Diagnostic(
        code="IG3101", slug="dead-topic", severity=severity, message=text, span=SPAN, help=text
    )


def renamed(name: str, text: str) -> Node:
    kind = name.partition(":")[0]
    return Node(
        id=name,
        kind=kind,
        name=text,
        service=text,
        doc=text,
        symbol=text,
        span=SPAN,
        properties={"engine": text},
    )


def pages(
    made_of: InfraGraph,
    *,
    form: str,
    owners: Mapping[str, str],
    pictures: Mapping[str, str],
    owner: str | None = None,
) -> dict[str, str]:
    """With these pictures alone, so that how others draw is no part of what is compared."""
    given = Document(
        scene=Scene(graph=made_of, owners=owners, owner=owner),
        diagnostics=(),
        target=None,
        source_url=None,
        form=form,
        others=Others(
            documents=lambda _what, _scene: (),
            omissions=lambda _what, _scene: (),
            picture=lambda _form, view: pictures.get(view),
        ),
    )
    return {it.path: it.content for it in render(given)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("fixture", ["minimal", "shop"])
def test_pages_are_those_that_are_stored(
    fixture: str, form: str, root: Path, request: pytest.FixtureRequest
) -> None:
    folder = root / "fixtures" / fixture

    made = pages(graph_of(folder), form=form, pictures={}, **ownership(folder))

    name = "catalog" if form == "markdown" else f"catalog-{form}"
    matches_golden_tree(request, f"{fixture}/exports/{name}", made)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("folder", APPLICATIONS, ids=lambda folder: folder.name)
def test_every_link_leads_to_a_page(folder: Path, form: str) -> None:
    made = files("catalog", graph_of(folder), form=form, source_url=SOURCE)

    assert dangling(made) == []


@pytest.mark.parametrize("form", FORMS)
def test_everything_that_is_declared_has_its_page(form: str, root: Path) -> None:
    found = graph_of(root / "fixtures/shop")

    made = files("catalog", found, form=form)

    inside = {"cron", "endpoint", "subscription"}
    pages = [it for it in found.nodes if it.kind not in inside]
    assert len(made) == 1 + len(pages) + len(found.payloads)
    told = "".join(squeezed(seen_in(path, page).text) for path, page in made.items())
    assert [it.id for it in found.nodes if squeezed(it.name) not in told] == []


@pytest.mark.parametrize("form", FORMS)
def test_names_that_differ_in_case_alone_have_files_of_their_own(form: str) -> None:
    nodes = tuple(node(f"topic:{name}") for name in ("ORDERS", "Orders", "orders"))
    payloads: dict[str, dict[str, Property]] = {"a.Order": {}, "b.order": {}}

    made = files("catalog", graph(*nodes, payloads=payloads), form=form)

    assert len({path.casefold() for path in made}) == 6


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@example(EVIL[0])
@example(EVIL[1])
@example(EVIL[2])
@example(EVIL[3])
@example(EVIL[4])
@example(EVIL[5])
@example(EVIL[6])
@given(texts)
def test_any_text_is_shown_and_is_nothing_else(form: str, text: str) -> None:
    made, calm = (
        files(
            "catalog",
            application(it),
            form=form,
            owners={"shop": it},
            owner=it,
            diagnostics=(finding(it),),
        )
        for it in (text, "x")
    )

    links = sorted(link for path, page in made.items() for link in seen_in(path, page).links)
    allowed = MARKDOWN_TAGS if form == "markdown" else HTML_TAGS
    assert dangling(made) == []
    assert len(made) == len(calm)
    assert len(links) == sum(len(seen_in(path, page).links) for path, page in calm.items())
    for path, page in made.items():
        seen = seen_in(path, page)
        assert set(seen.tags) <= allowed
        assert seen.tags.count("h1") == 1
        if "payload" not in path:
            assert expected(text) in squeezed(seen.text)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@example(EVIL[2])
@example(EVIL[3])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_rows_and_headings_do_not_depend_on_what_is_in_them(form: str, text: str) -> None:
    made, calm = (
        Counter(
            tag
            for path, page in files("catalog", application(it), form=form).items()
            for tag in seen_in(path, page).tags
            if tag not in {"br", "p", "bdi"}
        )
        for it in (text, "x")
    )

    assert made == calm


def test_pages_in_html_load_and_run_nothing(root: Path) -> None:
    made = files("catalog", graph_of(root / "fixtures/shop"), form="html")

    for path, page in made.items():
        style = page.partition("<style>")[2].partition("</style>")[0]
        digest = b64encode(sha256(style.encode()).digest()).decode()
        policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        assert f'http-equiv="Content-Security-Policy" content="{policy}"' in page
        assert not {"script", "link", "img", "iframe"} & set(seen_in(path, page).tags)
        assert not {it for it in seen_in(path, page).attributes if it.startswith("on")}


def test_links_lead_to_the_source_where_it_is_known_how() -> None:
    made = files("catalog", graph(node("service:shop")), source_url=SOURCE)

    links = seen_in("a.md", made["services/shop.md"]).links

    assert links == ["../README.md", "https://example.com/blob/main/shop/a.py#L3"]


def test_a_service_is_shown_with_what_lies_around_it_where_pictures_are_drawn() -> None:
    shop = graph(node("service:shop"))
    pictures = {"service:shop": 'flowchart LR\n    n1{{"``` a"}}\n'}

    markdown = pages(shop, form="markdown", owners={}, pictures=pictures)["services/shop.md"]
    html = pages(shop, form="html", owners={}, pictures=pictures)["services/shop.html"]

    _, _, rest = markdown.partition("## Around it\n\n<!-- {% raw %} -->\n\n")
    block, _, _ = rest.partition("\n\n<!-- {% endraw %} -->")
    assert block == '````mermaid\nflowchart LR\n    n1{{"``` a"}}\n````'
    assert "flowchart" not in html


def test_findings_are_told_the_worst_first() -> None:
    found = (finding("one | two"), finding("worse", Severity.ERROR))

    made = files("catalog", graph(node("service:shop")), diagnostics=found, owner="team-shop")

    index = made["README.md"]
    assert index.splitlines()[4] == "- Owner: team-shop"
    assert index.partition("## Findings\n\n")[2].splitlines() == [
        "| Code | Severity | Where | What is wrong | What to do |",
        "| --- | --- | --- | --- | --- |",
        "| `IG3101` | error | `shop/a.py:3` | worse | worse |",
        "| `IG3101` | warning | `shop/a.py:3` | one &#124; two | one &#124; two |",
    ]


def test_options_are_told_in_words() -> None:
    retry: Property = {"max_attempts": 5, "min_backoff": 90}
    options: dict[str, Property] = {
        "topic": "orders",
        "ack_deadline": 30,
        "retry": retry,
        "inbox": None,
        "a_b": [1],
    }

    made = files("catalog", graph(node("service:shop"), node("subscription:orders/pack", options)))

    assert (
        "| `pack` | `topic:orders` | Ack deadline: 30 seconds<br>"
        "Retry: `max_attempts` `5`, `min_backoff` 90 seconds<br>"
        "A b: <code>&#91;1&#93;</code> |  |"
    ) in made["services/shop.md"].splitlines()


def test_a_payload_is_a_table_of_its_fields() -> None:
    line: Property = {
        "type": "object",
        "properties": {"amount": {"type": "integer", "minimum": 1}},
        "required": ["amount"],
    }
    payloads: dict[str, dict[str, Property]] = {
        "shop.Money": {"type": "string", "enum": ["EUR", "USD"]},
        "shop.Order": {
            "type": "object",
            "properties": {
                "id": {"type": "string", "format": "uuid", "description": "Who\nknows."},
                "paid": {"anyOf": [{"$ref": "#/payloads/shop.Money"}, {"type": "null"}]},
                "lines": {"type": "array", "items": line, "default": []},
                "marks": {"type": "object", "additionalProperties": {"type": "integer"}},
                "pair": {"type": "array", "prefixItems": [{"type": "string"}, {}]},
                "kind": {"const": "a|b"},
                "gone": {"$ref": "#/payloads/shop.Gone"},
            },
            "required": ["id"],
        },
    }

    made = files("catalog", graph(payloads=payloads))

    assert made["payloads/Order.md"].partition("## Fields\n\n")[2].splitlines() == [
        "| Field | Type | Required | Default | Description |",
        "| --- | --- | --- | --- | --- |",
        "| `id` | string (uuid) | yes |  | Who<br>knows. |",
        "| `paid` | [`Money`](../payloads/Money.md) or null | no |  |  |",
        "| `lines` | list of object | no | <code>&#91;&#93;</code> |  |",
        "| <code>lines&#91;&#93;.amount</code> | integer, `minimum: 1` | yes |  |  |",
        "| `marks` | map of integer | no |  |  |",
        "| `pair` | tuple of string, anything | no |  |  |",
        '| `kind` | <code>"a&#124;b"</code> | no |  |  |',
        "| `gone` | `shop.Gone` | no |  |  |",
    ]


def test_a_body_counts_once_among_what_uses_a_type() -> None:
    body: Property = {"$ref": "#/payloads/shop.Order"}
    endpoint: dict[str, Property] = {
        "request": body,
        "parameters": [
            {"name": "order", "in": "body", "schema": body},
            {"name": "unit", "in": "query", "schema": {"$ref": "#/payloads/shop.Unit"}},
        ],
    }
    made_of = graph(
        node("endpoint:shop/place", endpoint),
        node("service:shop"),
        payloads={"shop.Order": {"type": "object"}, "shop.Unit": {"type": "string"}},
    )

    made = files("catalog", made_of)

    used = "| endpoint [`place`](../services/shop.md) | {} |"
    assert [
        [it for it in made[f"payloads/{name}.md"].splitlines() if "`place`" in it]
        for name in ("Order", "Unit")
    ] == [[used.format("request")], [used.format("parameters")]]


def test_an_endpoint_takes_its_request_and_what_is_beside_path_and_body() -> None:
    endpoint: dict[str, Property] = {
        "method": "POST",
        "path": "/orders/{id}",
        "request": {"type": "object"},
        "parameters": [
            {"name": "id", "in": "path", "schema": {"type": "string"}},
            {"name": "order", "in": "body", "schema": {"type": "object"}},
            {"name": "page", "in": "query", "schema": {"type": "integer"}},
            {"name": "user_agent", "in": "header", "schema": {"type": "string"}},
        ],
    }

    made = files("catalog", graph(node("endpoint:shop/place", endpoint), node("service:shop")))

    assert (
        "| `place` | `POST /orders/{id}` |  | object<br>`page` (query): integer<br>"
        "`user-agent` (header): string |  |  |  |"
    ) in made["services/shop.md"].splitlines()
