"""Declaring keeps what was written, readable as attributes, and does nothing else."""

import inspect
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, get_args, get_origin

import pytest

import infragraph
from infragraph import (
    Attribute,
    Bucket,
    Cookie,
    Header,
    Message,
    Retry,
    Secret,
    Service,
    SQLDatabase,
    Topic,
)


class User:
    pass


async def handle(_user: User) -> None: ...


def options(made: object) -> dict[str, Any]:
    """The attributes named like the parameters that a declaration was made with."""
    return {name: getattr(made, name) for name in inspect.signature(type(made)).parameters}


def test_a_topic_keeps_its_options_and_their_defaults() -> None:
    assert options(Topic[User]("signups")) == {
        "name": "signups",
        "delivery": "at-least-once",
        "ordering_key": None,
        "retention": "7d",
        "audit": False,
        "external": False,
        "publishers": None,
        "subscribers": None,
    }
    assert options(
        Topic[User](
            "signups",
            delivery="exactly-once",
            ordering_key="id",
            retention=timedelta(days=1),
            audit=True,
            external=True,
            publishers=("users",),
            subscribers=(),
        )
    ) == {
        "name": "signups",
        "delivery": "exactly-once",
        "ordering_key": "id",
        "retention": timedelta(days=1),
        "audit": True,
        "external": True,
        "publishers": ("users",),
        "subscribers": (),
    }


@pytest.mark.parametrize("payload", [User, str, list[int], User | int])
def test_a_topic_knows_its_payload_type_at_run_time(payload: Any) -> None:
    assert Topic[payload]("signups").payload_type == payload


def test_a_topic_without_a_payload_type_says_how_to_give_it_one() -> None:
    topic: Topic[User] = Topic("signups")

    with pytest.raises(TypeError, match=r"write Topic\[Payload\]\('signups'\)"):
        _ = topic.payload_type


def test_the_other_resources_keep_their_options_and_their_defaults() -> None:
    assert options(SQLDatabase("users")) == {
        "name": "users",
        "migrations": "migrations",
        "shared_with": (),
    }
    assert options(SQLDatabase("users", migrations=None, shared_with=("emails",))) == {
        "name": "users",
        "migrations": None,
        "shared_with": ("emails",),
    }
    assert options(Bucket("avatars")) == {"name": "avatars", "public": False, "versioned": False}
    assert options(Bucket("avatars", public=True, versioned=True)) == {
        "name": "avatars",
        "public": True,
        "versioned": True,
    }
    assert options(Secret("KEY")) == {"name": "KEY"}
    assert options(Retry()) == {"max_attempts": 5, "min_backoff": "10s", "max_backoff": "10m"}


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_an_endpoint_is_attached_under_its_method_with_its_options(method: str) -> None:
    users = Service("users")

    default = getattr(users, method)("/signup")(handle)
    given = getattr(users, method)(
        "/signup/{id}", access="auth", name="sign", tags=("a",), timeout="1s", body_limit=10
    )(handle)

    assert users.endpoints == [default, given]
    assert options(default) == {
        "handler": handle,
        "service": "users",
        "method": method.upper(),
        "path": "/signup",
        "access": "private",
        "name": "handle",
        "tags": (),
        "timeout": "30s",
        "body_limit": "2MiB",
        "raw": False,
    }
    assert options(given) == {
        "handler": handle,
        "service": "users",
        "method": method.upper(),
        "path": "/signup/{id}",
        "access": "auth",
        "name": "sign",
        "tags": ("a",),
        "timeout": "1s",
        "body_limit": 10,
        "raw": False,
    }


def test_a_raw_endpoint_has_neither_tags_nor_a_timeout() -> None:
    users = Service("users")

    stripe = users.raw("POST", "/stripe", access="public")(handle)

    assert users.endpoints == [stripe]
    assert options(stripe) == {
        "handler": handle,
        "service": "users",
        "method": "POST",
        "path": "/stripe",
        "access": "public",
        "name": "handle",
        "tags": (),
        "timeout": None,
        "body_limit": "2MiB",
        "raw": True,
    }


def test_an_endpoint_looks_like_its_function() -> None:
    @Service("users").get("/users/{id}")
    async def get_user(id: int, *, full: bool = False) -> User:  # noqa: A002, ARG001
        """One user."""
        return User()

    assert get_user.__name__ == "get_user"
    assert get_user.__doc__ == "One user."
    assert list(inspect.signature(get_user).parameters) == ["id", "full"]


def test_a_subscription_is_attached_with_its_options_and_the_handler_comes_back() -> None:
    emails = Service("emails")
    signups = Topic[User]("signups")
    db = SQLDatabase("emails")
    retry = Retry(max_attempts=1)

    default = emails.subscribe(signups, "welcome")(handle)
    given = emails.subscribe(
        signups,
        "count",
        concurrency=1,
        ack_deadline="1m",
        retry=retry,
        retention="1d",
        filter={"country": ("NL", "BE")},
        dead_letter=False,
        inbox=db,
    )(handle)

    assert (default, given) == (handle, handle)
    first, second = emails.subscriptions
    assert options(first.retry) == options(Retry())
    assert options(first) == {
        "handler": handle,
        "service": "emails",
        "topic": signups,
        "name": "welcome",
        "concurrency": 10,
        "ack_deadline": "30s",
        "retry": first.retry,
        "retention": "7d",
        "filter": None,
        "dead_letter": True,
        "inbox": None,
    }
    assert options(second) == {
        "handler": handle,
        "service": "emails",
        "topic": signups,
        "name": "count",
        "concurrency": 1,
        "ack_deadline": "1m",
        "retry": retry,
        "retention": "1d",
        "filter": {"country": ("NL", "BE")},
        "dead_letter": False,
        "inbox": db,
    }


def test_a_cron_is_attached_with_its_options_and_the_handler_comes_back() -> None:
    users = Service("users")

    async def purge() -> None: ...

    assert users.cron("purge", every="24h")(purge) is purge
    assert users.cron("close", schedule="0 4 1 * *", timezone="Europe/Rome")(purge) is purge

    assert [options(cron) for cron in users.crons] == [
        {
            "handler": purge,
            "service": "users",
            "name": "purge",
            "every": "24h",
            "schedule": None,
            "timezone": "UTC",
        },
        {
            "handler": purge,
            "service": "users",
            "name": "close",
            "every": None,
            "schedule": "0 4 1 * *",
            "timezone": "Europe/Rome",
        },
    ]


def test_subscriptions_and_crons_stand_on_top_of_an_endpoint() -> None:
    users = Service("users")

    async def check() -> None: ...

    import_user = users.subscribe(Topic[User]("signups"), "import")(users.post("/users")(handle))
    check_all = users.cron("check-all", every="1h")(users.post("/check")(check))

    assert users.endpoints == [import_user, check_all]
    assert users.subscriptions[0].handler is import_user
    assert users.crons[0].handler is check_all


def test_hooks_mounts_and_auth_handlers_are_attached() -> None:
    users = Service("users")

    async def hook() -> None: ...

    async def app(_scope: Any, _receive: Any, _send: Any) -> None: ...

    @users.auth_handler
    async def authenticate(_request: Any) -> str:
        return "ada"

    users.mount("/admin", app)

    assert users.on_startup(hook) is hook
    assert users.on_shutdown(hook) is hook
    assert (users.startup, users.shutdown) == ([hook], [hook])
    assert [options(mount) for mount in users.mounts] == [
        {"path": "/admin", "app": app, "body_limit": "2MiB"}
    ]
    assert users.auth_handlers == [authenticate]
    assert authenticate.service == "users"
    assert authenticate.__name__ == "authenticate"


def test_services_share_nothing() -> None:
    users, emails = Service("users"), Service("emails")

    users.get("/users")(handle)

    assert emails.endpoints == []


@pytest.mark.parametrize(
    ("annotation", "place"),
    [(Attribute[str], "attribute"), (Header[str], "header"), (Cookie[str], "cookie")],
)
def test_an_annotation_is_its_type_with_a_marker(annotation: Any, place: str) -> None:
    base, marker = get_args(annotation)

    assert get_origin(annotation) is Annotated
    assert (base, marker.place) == (str, place)


def test_declarations_hold_no_attributes_but_their_own() -> None:
    for declared in (Topic[User]("a"), SQLDatabase("a"), Bucket("a"), Secret("A"), Service("a")):
        with pytest.raises(AttributeError):
            declared.other = 1  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("name", sorted({*infragraph.__all__} - {"Row"}))
def test_every_public_name_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(infragraph, name))


def test_reprs_say_what_was_declared() -> None:
    users = Service("users")
    message = Message(id="1", attempt=2, published_at=datetime.now(UTC), attributes={}, body="text")

    assert repr(users) == "Service('users')"
    assert repr(Topic[User]("signups")) == "Topic('signups')"
    assert repr(users.get("/users")(handle)) == "Endpoint(GET /users)"
    assert repr(Retry()) == "Retry(max_attempts=5, min_backoff='10s', max_backoff='10m')"
    assert repr(message) == "Message(id='1', attempt=2, body='text')"
