"""A small graph with findings, made by hand: what renderers are tried on."""

from collections.abc import Sequence

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.report import FileCounts, Report
from infragraph.model.graph import Edge, Evidence, InfraGraph, Node, Property, Unresolved
from infragraph.model.source import SourceSpan

TEXTS = {
    "shop/fulfilment/handlers.py": (
        "from shop.fulfilment import fulfilment\n"
        "from shop.models import orders\n"
        "\n\n\n\n\n\n"
        '@fulfilment.subscribe(orders, "ship-order")\n'
        "async def ship_order(order: Order) -> None: ...\n"
    ),
    "shop/models.py": 'from x import Table\n\n\norders = Table("orders")\n',
    "shop/users/events.py": 'signups = Topic[User]("signups")\n',
    "shop/users/api.py": "\n\n    await signups.publish(user)\n",
}


def span(path: str, line: int, column: int, end_column: int, end_line: int = 0) -> SourceSpan:
    return SourceSpan(
        path=path, line=line, column=column, end_line=end_line or line, end_column=end_column
    )


def lines_of(path: str) -> Sequence[str] | None:
    text = TEXTS.get(path)
    return None if text is None else text.split("\n")


def _node(kind: str, name: str, service: str | None, at: SourceSpan, **options: Property) -> Node:
    name_in_id = name
    if kind == "endpoint":
        name_in_id = f"{service}/{name}"
    return Node(
        id=f"{kind}:{name_in_id}",
        kind=kind,
        name=name.rpartition("/")[2],
        service=service,
        doc=None,
        symbol=f"shop.{name}",
        span=at,
        properties=options,
    )


USERS = "shop/users/api.py"
SIGNUPS = span("shop/users/events.py", 1, 1, 33)

GRAPH = InfraGraph(
    application="shop",
    nodes=(
        _node("database", "users", "users", span(USERS, 1, 1, 2), engine="postgresql"),
        _node("endpoint", "signup", "users", span(USERS, 2, 1, 2), method="POST", path="/signup"),
        _node("service", "emails", "emails", span("shop/emails/__init__.py", 1, 1, 2)),
        _node("service", "users", "users", span("shop/users/__init__.py", 1, 1, 2)),
        _node(
            "subscription",
            "signups/send-welcome-email",
            "emails",
            span("shop/emails/handlers.py", 4, 2, 9),
        ),
        _node("topic", "audit", None, span("shop/shared.py", 1, 1, 9)),
        _node("topic", "signups", "users", SIGNUPS, payload={"$ref": "#/payloads/shop.User"}),
    ),
    edges=(
        Edge(
            source="endpoint:users/signup",
            relation="publishes",
            target="topic:signups",
            properties={},
            evidence=(Evidence(span=span(USERS, 3, 11, 32), via=("shop.users.api.signup",)),),
        ),
        Edge(
            source="endpoint:users/signup",
            relation="queries",
            target="database:users",
            properties={"access": "write"},
            evidence=(Evidence(span=span(USERS, 3, 11, 32), via=()),),
        ),
        Edge(
            source="topic:signups",
            relation="delivers",
            target="subscription:signups/send-welcome-email",
            properties={},
            evidence=(),
        ),
    ),
    payloads={"shop.User": {"type": "object", "properties": {}, "required": []}},
    unresolved=(
        Unresolved(
            span=span(USERS, 3, 5, 9), expression="getattr(x, y).publish", reason="not a constant"
        ),
    ),
)

NOT_A_TOPIC = Diagnostic(
    code="IG2201",
    slug="subscription-topic-not-declared",
    severity=Severity.ERROR,
    message="subscription 'ship-order' refers to shop.models.orders, which is not a topic",
    span=span("shop/fulfilment/handlers.py", 9, 23, 29),
    expected="expected a topic",
    labels=(Label(span=span("shop/models.py", 4, 1, 7), text="`orders` is declared here"),),
    help="pass the topic itself, or import it from the module that declares it",
)

SIGNUPS_FINDING = Diagnostic(
    code="IG3101",
    slug="dead-topic",
    severity=Severity.WARNING,
    message="nobody subscribes to the topic 'signups'",
    span=SIGNUPS,
    help="subscribe to it",
)


def report(*diagnostics: Diagnostic, graph: InfraGraph = GRAPH) -> Report:
    return Report(
        graph=graph,
        diagnostics=diagnostics,
        files=FileCounts(analyzed=7, skipped={"syntax": 1, "symlink": 2}),
    )
