"""What can be wrong with an endpoint."""

from collections.abc import Mapping

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import Example, Problem


def _application(endpoints: str) -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from infragraph import Header, Service

shop = Service("shop")


@dataclass(frozen=True)
class Order:
    id: str


{endpoints}"""
    }


def _example(*, bad: str, good: str) -> Example:
    return Example(bad=_application(bad), good=_application(good))


PATH_MALFORMED = Problem(
    code="IG2301",
    slug="path-malformed",
    severity=Severity.ERROR,
    summary="{path!r} is not the path of an endpoint: {reason}",
    why="Requests are compared with it part by part, so nothing would ever reach the endpoint.",
    help="{cure}",
    example=_example(
        bad='@shop.get(«"orders"»)\nasync def list_orders() -> list[Order]: ...\n',
        good='@shop.get("/orders")\nasync def list_orders() -> list[Order]: ...\n',
    ),
)

PATH_PARAMETER_TWICE = Problem(
    code="IG2302",
    slug="path-parameter-twice",
    severity=Severity.ERROR,
    summary="the path {path!r} has the parameter {parameter!r} twice",
    why="The function gets one value by this name, and which of the two is nowhere said.",
    help="name the two differently",
    example=_example(
        bad='@shop.get(«"/orders/{id}/lines/{id}"»)\nasync def get_line(id: UUID) -> Order: ...\n',
        good='@shop.get("/orders/{id}/lines/{line}")\n'
        "async def get_line(id: UUID, line: int) -> Order: ...\n",
    ),
)

PATH_PARAMETER_MISSING = Problem(
    code="IG2303",
    slug="path-parameter-missing",
    severity=Severity.ERROR,
    summary="the path of {subject} has the parameter {parameter!r}, and its function has not",
    why="What stands there in a request would be read by nobody.",
    help="{cure}",
    example=_example(
        bad='@shop.get(«"/orders/{id}"»)\nasync def get_order() -> Order: ...\n',
        good='@shop.get("/orders/{id}")\nasync def get_order(id: UUID) -> Order: ...\n',
    ),
)

PATH_PARAMETER_STRUCTURED = Problem(
    code="IG2304",
    slug="path-parameter-structured",
    severity=Severity.ERROR,
    summary="{parameter!r} of {subject} comes from the path, and {found} does not fit into it",
    why="Between two slashes there is one text, from which the value is read.",
    help="{cure}",
    example=_example(
        bad='@shop.get("/orders/{order}")\nasync def get_order(order: «Order») -> Order: ...\n',
        good='@shop.get("/orders/{order}")\nasync def get_order(order: UUID) -> Order: ...\n',
    ),
)

PARAMETER_WITHOUT_PLACE = Problem(
    code="IG2305",
    slug="parameter-without-place",
    severity=Severity.ERROR,
    summary="{parameter!r} of {subject} comes from nowhere: {reason}",
    why="A parameter comes from the path, the query, a header or a cookie, and one from the body.",
    help="{cure}",
    example=_example(
        bad='@shop.post("/orders")\n'
        "async def place(order: Order, «replaced: Order») -> None: ...\n",
        good='@shop.post("/orders")\n'
        "async def place(order: Order, replaced: UUID | None = None) -> None: ...\n",
    ),
)

PARAMETER_UNTYPED = Problem(
    code="IG2306",
    slug="parameter-untyped",
    severity=Severity.ERROR,
    summary="{parameter!r} of {subject} has no type",
    why="Its type says where it comes from, how it is read and what is refused.",
    help="write the parameter's type, such as '{parameter}: str'",
    example=_example(
        bad='@shop.get("/orders")\nasync def list_orders(«limit») -> list[Order]: ...\n',
        good='@shop.get("/orders")\nasync def list_orders(limit: int = 10) -> list[Order]: ...\n',
    ),
)

PATH_CONFLICT = Problem(
    code="IG2307",
    slug="path-conflict",
    severity=Severity.ERROR,
    summary="{subject} answers {method} {path!r}, and so does {other}",
    why="Both match the same requests, so that one of the two would never be called.",
    help="change the path of one of the two, or its method",
    example=_example(
        bad='@shop.get("/orders/{id}")\nasync def get_order(id: UUID) -> Order: ...\n\n\n'
        '@shop.get(«"/orders/{number}"»)\nasync def find_order(number: int) -> Order: ...\n',
        good='@shop.get("/orders/{id}")\nasync def get_order(id: UUID) -> Order: ...\n\n\n'
        '@shop.get("/numbers/{number}")\nasync def find_order(number: int) -> Order: ...\n',
    ),
)

RAW_PARAMETERS = Problem(
    code="IG2308",
    slug="raw-parameters",
    severity=Severity.ERROR,
    summary="the handler of {subject} has {count}, and is called with the request alone",
    why="A raw endpoint reads path, query and body from Starlette's request itself.",
    help="give it one parameter, Starlette's 'Request' or 'WebSocket'",
    example=_example(
        bad='@shop.raw("POST", "/hooks/{id}")\n'
        "async def «hook»(request: Request, id: str) -> Response: ...\n",
        good='@shop.raw("POST", "/hooks/{id}")\n'
        "async def hook(request: Request) -> Response: ...\n",
    ),
)

WEBSOCKET_METHOD = Problem(
    code="IG2309",
    slug="websocket-method",
    severity=Severity.ERROR,
    summary="{subject} takes a WebSocket, which begins with a GET and not with a {method}",
    why="Nothing would ever reach the endpoint.",
    help='write "GET"',
    example=_example(
        bad='@shop.raw(«"POST"», "/live")\nasync def live(socket: WebSocket) -> None: ...\n',
        good='@shop.raw("GET", "/live")\nasync def live(socket: WebSocket) -> None: ...\n',
    ),
)

ACCESS_WITHOUT_AUTH_HANDLER = Problem(
    code="IG2310",
    slug="access-without-auth-handler",
    severity=Severity.ERROR,
    summary="{subject} is for callers who are known, and the application has no auth handler",
    why="Nothing could tell who is calling, so that every request would be refused.",
    help="decorate the function that finds it out with '@service.auth_handler', or choose "
    "another access",
    example=_example(
        bad='@shop.get("/orders", access=«"auth"»)\nasync def list_orders() -> list[Order]: ...\n',
        good="@shop.auth_handler\nasync def authenticate(request: Request) -> Order: ...\n\n\n"
        '@shop.get("/orders", access="auth")\nasync def list_orders() -> list[Order]: ...\n',
    ),
)

TIMEOUT_ZERO = Problem(
    code="IG2311",
    slug="timeout-zero",
    severity=Severity.ERROR,
    summary="{subject} has no time to answer",
    why="Every call would end with DeadlineExceeded.",
    help='write how long a call may take, such as "30s"',
    example=_example(
        bad='@shop.get("/orders", timeout=«"0s"»)\nasync def list_orders() -> list[Order]: ...\n',
        good='@shop.get("/orders", timeout="5s")\nasync def list_orders() -> list[Order]: ...\n',
    ),
)

ENDPOINT_NAME_MALFORMED = Problem(
    code="IG2312",
    slug="endpoint-name-malformed",
    severity=Severity.ERROR,
    summary="{name!r} cannot be the name of an endpoint",
    why="The name stands for the endpoint in the graph and in addresses, behind its service's.",
    help="write a name as functions have, or lower case words joined by hyphens, of at most "
    "{longest} characters",
    example=_example(
        bad='@shop.get("/orders", name=«"list orders"»)\n'
        "async def list_orders() -> list[Order]: ...\n",
        good='@shop.get("/orders", name="list-orders")\n'
        "async def list_orders() -> list[Order]: ...\n",
    ),
)

ENDPOINT_PROBLEMS = (
    PATH_MALFORMED,
    PATH_PARAMETER_TWICE,
    PATH_PARAMETER_MISSING,
    PATH_PARAMETER_STRUCTURED,
    PARAMETER_WITHOUT_PLACE,
    PARAMETER_UNTYPED,
    PATH_CONFLICT,
    RAW_PARAMETERS,
    WEBSOCKET_METHOD,
    ACCESS_WITHOUT_AUTH_HANDLER,
    TIMEOUT_ZERO,
    ENDPOINT_NAME_MALFORMED,
)
