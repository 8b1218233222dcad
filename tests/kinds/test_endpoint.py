from typing import cast

import pytest

from tests.compiling import compiled, diagnostics
from tests.kinds.reading import findings_in

HEAD = """\
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Literal
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from infragraph import Cookie, Header, Message, Service

shop = Service("shop")


class Size(Enum):
    SMALL = "s"


@dataclass(frozen=True)
class Order:
    id: str


"""


def found(text: str) -> list[tuple[str, str]]:
    return findings_in({"shop.py": HEAD + text})


def shown(text: str) -> dict[str, object]:
    """The properties of the one endpoint of `shop.py`, which has no finding."""
    graph, diagnostics = compiled({"shop.py": HEAD + text})
    assert diagnostics == ()
    (node,) = (node for node in graph.nodes if node.kind == "endpoint")
    return dict(node.properties)


ORDER = {"$ref": "#/payloads/shop.Order"}
UUID = {"type": "string", "format": "uuid"}


def test_an_endpoint_shows_where_its_parameters_come_from() -> None:
    text = """
@shop.put("/orders/{id}/{rest:path}", access="public", tags=("orders", "v1"), timeout="5s",
          body_limit="1KiB")
async def change(
    id: UUID, rest: str, order: Order, limit: int = 10, sizes: list[str] = [],
    accept_language: Header[str] = "en", session: Cookie[str] | None = None, *, dry: bool,
) -> list[Order]: ...
"""

    properties = shown(text)

    assert properties["parameters"] == [
        _parameter("id", "path", UUID),
        _parameter("rest", "path", {"type": "string"}),
        _parameter("order", "body", ORDER),
        _parameter("limit", "query", {"type": "integer"}, 10),
        _parameter("sizes", "query", {"type": "array", "items": {"type": "string"}}, []),
        _parameter("accept_language", "header", {"type": "string"}, "en"),
        _parameter("session", "cookie", _optional(), required=False),
        _parameter("dry", "query", {"type": "boolean"}),
    ]
    assert {name: properties[name] for name in properties if name != "parameters"} == {
        "method": "PUT",
        "path": "/orders/{id}/{rest:path}",
        "access": "public",
        "raw": False,
        "tags": ("orders", "v1"),
        "timeout": 5,
        "body_limit": 1024,
        "request": ORDER,
        "response": {"type": "array", "items": ORDER},
        "errors": (),
        "handler": "shop.change",
    }


def _parameter(
    name: str,
    place: str,
    schema: object,
    default: object = None,
    *,
    required: bool | None = None,
) -> dict[str, object]:
    return {
        "name": name,
        "in": place,
        "schema": schema,
        "required": default is None if required is None else required,
        "default": default,
    }


def _optional() -> dict[str, object]:
    return {"anyOf": [{"type": "string"}, {"type": "null"}]}


@pytest.mark.parametrize(
    ("written", "default"),
    [
        ("a: Size = Size.SMALL", "s"),
        ("a: list[int] = []", []),
        ("a: list[str] = ['x', *LISTED]", None),
        ("a: list[str] = LISTED", ["a", "b"]),
        ("a: tuple[int, ...] = (1, 2)", [1, 2]),
        ("a: Decimal = Decimal('1.0')", "1.0"),
        ("a: Decimal = Decimal('one')", None),
        (
            "a: UUID = UUID('12345678123456781234567812345678')",
            "12345678-1234-5678-1234-567812345678",
        ),
        ("a: date = date(2030, 1, month)", None),
        ("a: date = date(2030, 1, day=2)", "2030-01-02"),
        ("a: float = 60 * 1.5", 90.0),
        ("a: float = float('inf')", None),
        ("a: str = f'{LISTED[0]}-{1 + 1}'", "a-2"),
        ("a: str | None = None", None),
        ("a: int = unknown()", None),
    ],
)
def test_a_default_is_shown_as_it_is_encoded(written: str, default: object) -> None:
    head = 'from datetime import date\nfrom decimal import Decimal\nLISTED = ["a", "b"]\n'
    text = f'{head}@shop.get("/a")\nasync def a({written}) -> None: ...\n'

    (parameter,) = cast("list[dict[str, object]]", shown(text)["parameters"])

    assert (parameter["required"], parameter["default"]) == (False, default)


def test_a_raw_endpoint_has_no_parameters() -> None:
    text = """
@shop.raw("POST", "/hooks/{id}", access="public", name="web-hook")
async def hook(request: Request) -> Response: ...
"""

    assert shown(text) == {
        "method": "POST",
        "path": "/hooks/{id}",
        "access": "public",
        "raw": True,
        "tags": (),
        "timeout": None,
        "body_limit": 2 * 1024 * 1024,
        "parameters": [],
        "request": None,
        "response": None,
        "errors": (),
        "handler": "shop.hook",
    }


def test_what_returns_nothing_has_no_response() -> None:
    assert shown('@shop.get("/a")\nasync def a() -> None: ...\n')["response"] is None


@pytest.mark.parametrize(
    ("declared", "node"),
    [
        ('@shop.get("/a")\nasync def list_orders() -> None: ...', "list_orders"),
        ('@shop.get("/a", name="list-orders")\nasync def a() -> None: ...', "list-orders"),
        ('@shop.get("/a", name="list_orders")\nasync def a() -> None: ...', "list_orders"),
        ('@shop.get("/a", name="listOrders")\nasync def a() -> None: ...', "listOrders"),
        ('@shop.get("/a", name=None)\nasync def a() -> None: ...', "a"),
    ],
)
def test_an_endpoint_is_called_by_its_option_or_its_function(declared: str, node: str) -> None:
    graph, diagnostics = compiled({"shop.py": f"{HEAD}{declared}\n"})

    assert diagnostics == ()
    assert [it.id for it in graph.nodes if it.kind == "endpoint"] == [f"endpoint:shop/{node}"]


@pytest.mark.parametrize(
    ("path", "parameters", "marked"),
    [
        ("orders", "", ("IG2301", '"orders"')),
        ("/orders/{id:int}", "id: int", ("IG2301", '"/orders/{id:int}"')),
        ("/a/{id}/{id}", "id: int", ("IG2302", '"/a/{id}/{id}"')),
        ("/a/{id}", "", ("IG2303", '"/a/{id}"')),
        ("/a/{order_id}", "id: int", ("IG2303", '"/a/{order_id}"')),
        ("/a/{id}", "id: Order", ("IG2304", "Order")),
        ("/a/{id}", "id: list[int]", ("IG2304", "list[int]")),
        ("/a/{id}", "id: Header[str]", ("IG2304", "Header[str]")),
        ("/a/{rest:path}", "rest: int", ("IG2304", "int")),
        ("/a", "order: Order, other: Order", ("IG2305", "other: Order")),
        ("/a", "order: Order, *orders: Order", ("IG2305", "orders: Order")),
        ("/a", "**options: str", ("IG2305", "options: str")),
        ("/a", "order: Header[Order]", ("IG2305", "order: Header[Order]")),
        ("/a", "order: Message[Order]", ("IG2305", "order: Message[Order]")),
        ("/a", "order", ("IG2306", "order")),
        ("/a/{id}", "id", ("IG2306", "id")),
        ("/a", "request: Request", ("IG2902", "Request")),
        ("/a", "order: Ordr", ("IG2902", "Ordr")),
        ("/a", "order: object()", ("IG2901", "object()")),
    ],
)
def test_a_mistake_in_a_parameter_is_one_finding_at_its_place(
    path: str, parameters: str, marked: tuple[str, str]
) -> None:
    text = f'@shop.post("{path}")\nasync def a({parameters}) -> None: ...\n'

    assert found(text) == [marked]


@pytest.mark.parametrize(
    "parameters",
    [
        "id: int",
        "id: Size",
        'id: Literal["a", "b"]',
        "id: str | None = None",
        "id: timedelta",
        "id: UUID, /",
        "*, id: UUID",
        "id: UUID, orders: list[Order]",
        "id: UUID, order: Order | None = None",
        "id: UUID, order: dict[str, int]",
        "id: UUID, order: Order, sizes: list[Size], x_tags: Header[list[str]]",
    ],
)
def test_what_has_a_place_is_no_mistake(parameters: str) -> None:
    assert found(f'@shop.post("/a/{{id}}")\nasync def a({parameters}) -> None: ...\n') == []


@pytest.mark.parametrize("method", ["get", "delete"])
def test_a_request_without_a_body_takes_nothing_structured(method: str) -> None:
    text = f'@shop.{method}("/a")\nasync def a(order: Order) -> None: ...\n'

    assert found(text) == [("IG2305", "order: Order")]


@pytest.mark.parametrize(
    ("options", "marked"),
    [
        ('access="admin"', ("IG2008", '"admin"')),
        ('access="auth"', ("IG2310", '"auth"')),
        ('timeout="0s"', ("IG2311", '"0s"')),
        ("timeout=timedelta()", ("IG2311", "timedelta()")),
        ('timeout="5 s"', ("IG2010", '"5 s"')),
        ('body_limit="2MB"', ("IG2011", '"2MB"')),
        ('tags="orders"', ("IG2002", '"orders"')),
        ("tags=(1,)", ("IG2002", "1")),
        ('name="list orders"', ("IG2312", '"list orders"')),
        ('name="a/b"', ("IG2312", '"a/b"')),
        ('name=""', ("IG2312", '""')),
        ('acces="public"', ("IG2003", "acces")),
    ],
)
def test_a_mistake_in_an_option_is_one_finding_at_its_place(
    options: str, marked: tuple[str, str]
) -> None:
    assert found(f'@shop.get("/a", {options})\nasync def a() -> None: ...\n') == [marked]


@pytest.mark.parametrize(
    ("declared", "marked"),
    [
        ('"post", "/a")\nasync def a(r: Request) -> None: ...', ("IG2008", '"post"')),
        ('"TRACE", "/a")\nasync def a(r: Request) -> None: ...', ("IG2008", '"TRACE"')),
        ('"POST", "/a")\nasync def a() -> Response: ...', ("IG2308", "a")),
        ('"POST", "/a")\nasync def a(r: Request, id: str) -> Response: ...', ("IG2308", "a")),
        ('"PUT", "/a")\nasync def a(s: WebSocket) -> None: ...', ("IG2309", '"PUT"')),
        ('"GET", "/a", timeout="1s")\nasync def a(r: Request) -> None: ...', ("IG2003", "timeout")),
        ('"GET", "a")\nasync def a(r: Request) -> None: ...', ("IG2301", '"a"')),
        ('"GET", "/a")\nclass A: ...', ("IG2013", "A")),
    ],
)
def test_a_mistake_in_a_raw_endpoint_is_one_finding(declared: str, marked: tuple[str, str]) -> None:
    assert found(f"@shop.raw({declared}\n") == [marked]


@pytest.mark.parametrize(
    ("handler", "marked"),
    [
        ("async def a():\n    yield 1", ("IG2014", "a")),
        ("class A: ...", ("IG2013", "A")),
        ("async def a() -> Ordr: ...", ("IG2902", "Ordr")),
    ],
)
def test_a_handler_is_a_function_whose_result_can_be_sent(
    handler: str, marked: tuple[str, str]
) -> None:
    assert found(f'@shop.get("/a")\n{handler}\n') == [marked]


def test_paths_conflict_across_the_application() -> None:
    files = {
        "shop.py": HEAD + '@shop.get("/a/{x}")\nasync def a(x: int) -> None: ...\n',
        "store.py": """\
from infragraph import Service

store = Service("store")


@store.get("/a/{y}")
async def b(y: int) -> None: ...


@store.post("/a/{y}")
async def c(y: int) -> None: ...


@store.get("/a/{rest:path}")
async def d(rest: str) -> None: ...


@store.get("/a/b")
async def e() -> None: ...
""",
    }

    assert findings_in(files) == [("IG2307", '"/a/{y}"')]


def test_an_auth_handler_that_is_missing_is_missed_once() -> None:
    endpoint = '@shop.get("/{0}", access="auth")\nasync def {0}() -> None: ...\n\n\n'
    files = {"shop.py": HEAD + "".join(map(endpoint.format, "abcde"))}

    (found,) = diagnostics(files)

    assert (found.slug, found.span.line, [it.span.line for it in found.labels]) == (
        "access-without-auth-handler",
        HEAD.count("\n") + 1,
        [HEAD.count("\n") + 1 + 4 * place for place in (1, 2, 3)],
    )


def test_an_auth_handler_anywhere_serves_the_application() -> None:
    files = {
        "shop.py": HEAD + '@shop.get("/a", access="auth")\nasync def a() -> None: ...\n',
        "door.py": """\
from starlette.requests import Request

from infragraph import Service

door = Service("door")


@door.auth_handler
async def authenticate(request: Request) -> str: ...
""",
    }

    assert findings_in(files) == []


def test_an_endpoint_in_a_factory_is_one_finding() -> None:
    text = """
def attach(path):
    @shop.get(path)
    async def a() -> None: ...


attach("/a")
"""

    assert found(text) == [("IG2012", "shop.get(path)")]
