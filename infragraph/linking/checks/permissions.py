"""Uses that the owner of a topic or database forbids."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.frontend.statics import span_of
from infragraph.linking.checks.linked import Linked, declared_here
from infragraph.linking.ownership import UNNAMED
from infragraph.model.graph import Node
from infragraph.model.source import SourceSpan

_DATABASE = """\
from infragraph import Service, SQLDatabase

users = Service("users")
db = SQLDatabase("users", migrations=None{option})


@users.cron("purge", every="24h")
async def purge() -> None:
    await db.execute("delete from users")
"""
_REPORT = """\
from infragraph import Service
from users import db

reports = Service("reports")


@reports.cron("report", every="24h")
async def report() -> None:
    await {query}
"""
_QUERY = 'db.fetch("select id from users")'

DATABASE_NOT_SHARED = Problem(
    code="IG3301",
    slug="database-not-shared",
    severity=Severity.ERROR,
    summary="the service {service!r} uses the database {name!r}, which is not shared with it",
    why="Its owner changes the tables without knowing who else depends on them.",
    help="add {service!r} to `shared_with` of the database, or call an endpoint of its owner",
    example=Example(
        bad={
            "users.py": _DATABASE.format(option=""),
            "reports.py": _REPORT.format(query=f"«{_QUERY}»"),
        },
        good={
            "users.py": _DATABASE.format(option=', shared_with=("reports",)'),
            "reports.py": _REPORT.format(query=_QUERY),
        },
    ),
)

_TOPIC = """\
from dataclasses import dataclass

from infragraph import Service, Topic

users = Service("users")


@dataclass
class User:
    id: str


signups = Topic[User]("signups"{option})


@users.post("/signup", access="public")
async def signup(user: User) -> None:
    await signups.publish(user)


@users.subscribe(signups, "greet")
async def greet(user: User) -> None: ...
"""
_IMPORT = """\
from infragraph import Service
from users import User, signups

imports = Service("imports")


@imports.post("/import", access="public")
async def load(user: User) -> None:
    await {publish}
"""
_PUBLISH = "signups.publish(user)"

PUBLISHER_NOT_ALLOWED = Problem(
    code="IG3302",
    slug="publisher-not-allowed",
    severity=Severity.ERROR,
    summary="the service {service!r} publishes to the topic {name!r}, whose `publishers` do not "
    "name it",
    why="Whoever subscribes relies on messages from the named services alone.",
    help="add {service!r} to `publishers` of the topic, or call a service that is named there",
    example=Example(
        bad={
            "users.py": _TOPIC.format(option=', publishers=("users",)'),
            "imports.py": _IMPORT.format(publish=f"«{_PUBLISH}»"),
        },
        good={
            "users.py": _TOPIC.format(option=', publishers=("users", "imports")'),
            "imports.py": _IMPORT.format(publish=_PUBLISH),
        },
    ),
)

_MAIL = """\
from infragraph import Service
from users import User, signups

mail = Service("mail")


@{subscribe}
async def send(user: User) -> None: ...
"""
_SUBSCRIBE = 'mail.subscribe(signups, "send-mail")'

SUBSCRIBER_NOT_ALLOWED = Problem(
    code="IG3303",
    slug="subscriber-not-allowed",
    severity=Severity.ERROR,
    summary="the service {service!r} subscribes to the topic {name!r}, whose `subscribers` do not "
    "name it",
    why="The topic's owner decides who may see what is published.",
    help="add {service!r} to `subscribers` of the topic",
    example=Example(
        bad={
            "users.py": _TOPIC.format(option=', subscribers=("users",)'),
            "mail.py": _MAIL.format(subscribe=f"«{_SUBSCRIBE}»"),
        },
        good={
            "users.py": _TOPIC.format(option=', subscribers=("users", "mail")'),
            "mail.py": _MAIL.format(subscribe=_SUBSCRIBE),
        },
    ),
)

_OUTBOX = """\
from infragraph import Service
from users import User, db, signups

imports = Service("imports")


@imports.post("/import", access="public")
async def load(user: User) -> None:
    async with db.transaction() as tx:
        await signups.publish(user, {outbox})
"""

OUTBOX_NOT_SHARED = Problem(
    code="IG3304",
    slug="outbox-not-shared",
    severity=Severity.ERROR,
    summary="the service {service!r} publishes through an outbox of the database {name!r}, which "
    "is not shared with it",
    why="The message is kept in that database until it is sent, so the service must write to it.",
    help="add {service!r} to `shared_with` of the database, or use an outbox of its own",
    example=Example(
        bad={
            "users.py": _TOPIC.format(option="").replace(
                "import Service, Topic", "import Service, SQLDatabase, Topic"
            )
            + '\n\ndb = SQLDatabase("users", migrations=None)\n',
            "imports.py": _OUTBOX.format(outbox="«outbox=tx»"),
        },
        good={
            "users.py": _TOPIC.format(option="").replace(
                "import Service, Topic", "import Service, SQLDatabase, Topic"
            )
            + '\n\ndb = SQLDatabase("users", migrations=None, shared_with=("imports",))\n',
            "imports.py": _OUTBOX.format(outbox="outbox=tx"),
        },
    ),
)

PROBLEMS = (DATABASE_NOT_SHARED, PUBLISHER_NOT_ALLOWED, SUBSCRIBER_NOT_ALLOWED, OUTBOX_NOT_SHARED)


def check(linked: Linked) -> Iterator[Diagnostic]:
    """One finding for each service and each thing that it may not use, at the first place."""
    nodes = {node.id: node for node in linked.graph.nodes}
    yield from _databases(linked, nodes)
    yield from _publishers(linked, nodes)
    yield from _subscribers(linked, nodes)


def _may(node: Node, service: str | None, option: str) -> bool:
    """Whether a service may use a thing: its owner may, and what is unknown forbids nothing."""
    named = node.properties.get(option)
    if service in {None, UNNAMED, node.service}:
        return True
    return isinstance(named, list | tuple) and service in named


def _databases(linked: Linked, nodes: dict[str, Node]) -> Iterator[Diagnostic]:
    outboxes: dict[tuple[str, str], SourceSpan] = {}
    others: dict[tuple[str, str], SourceSpan] = {}
    for used, use, resource in linked.uses("database"):
        node = nodes[resource.id]
        if node.span != resource.span or linked.are_rivals(used.service, node.service):
            continue  # That two share a name or a package is a finding of its own.
        # A library's database that is shared with nobody is a finding of its declaration.
        is_open = node.service is None and not node.properties.get("shared_with")
        if is_open or node.properties.get("shared_with") is None:
            continue
        if not _may(node, used.service, "shared_with"):
            first = outboxes if use.verb == "outbox" else others
            place = use.argument or use.place
            _keep_first(first, (used.service or "", node.id), span_of(place))
    for found, problem in ((outboxes, OUTBOX_NOT_SHARED), (others, DATABASE_NOT_SHARED)):
        for (service, identity), span in sorted(found.items()):
            # The outbox's finding says all that the use of its transaction could say.
            if problem is DATABASE_NOT_SHARED and (service, identity) in outboxes:
                continue
            node = nodes[identity]
            yield problem.at(
                span,
                labels=(declared_here(node),),
                expected="is not allowed",
                service=service,
                name=node.name,
            )


def _keep_first(
    found: dict[tuple[str, str], SourceSpan], key: tuple[str, str], span: SourceSpan
) -> None:
    found[key] = min(found.get(key, span), span)


def _publishers(linked: Linked, nodes: dict[str, Node]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], SourceSpan] = {}
    for used, use, resource in linked.uses("topic"):
        node = nodes[resource.id]
        if node.span != resource.span or linked.are_rivals(used.service, node.service):
            continue
        if node.properties.get("publishers") is not None and not _may(
            node, used.service, "publishers"
        ):
            _keep_first(first, (used.service or "", node.id), span_of(use.place))
    for (service, identity), span in sorted(first.items()):
        node = nodes[identity]
        yield PUBLISHER_NOT_ALLOWED.at(
            span,
            labels=(declared_here(node),),
            expected="is not allowed",
            service=service,
            name=node.name,
        )


def _subscribers(linked: Linked, nodes: dict[str, Node]) -> Iterator[Diagnostic]:
    for subscription in linked.nodes("subscription"):
        topic = nodes.get(f"topic:{subscription.properties.get('topic')}")
        if topic is None or topic.properties.get("subscribers") is None:
            continue
        if linked.are_rivals(subscription.service, topic.service):
            continue
        if not _may(topic, subscription.service, "subscribers"):
            yield SUBSCRIBER_NOT_ALLOWED.at(
                subscription.span,
                labels=(declared_here(topic),),
                expected="is not allowed",
                service=subscription.service,
                name=topic.name,
            )
