"""Services: what owns endpoints, subscriptions and cron jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast, overload

from infragraph.sdk.auth import AuthHandler
from infragraph.sdk.cron import Cron
from infragraph.sdk.endpoint import Endpoint
from infragraph.sdk.mount import Mount
from infragraph.sdk.retry import DEFAULT_RETRY, Retry
from infragraph.sdk.subscription import Subscription

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from infragraph.sdk.database import SQLDatabase
    from infragraph.sdk.endpoint import Access
    from infragraph.sdk.mount import ASGIApp
    from infragraph.sdk.quantities import Duration, Size
    from infragraph.sdk.subscription import Filter, SubscribeDecorator
    from infragraph.sdk.topic import Topic

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Identity = TypeVar("Identity")
Hook = TypeVar("Hook", bound="Callable[[], object]")


class Service:
    """A service: a part of the application that is built, run and given rights by itself.

        # shop/users/__init__.py
        users = Service("users")

    Declared in an `__init__.py`, or in a module called `service.py`, it owns that package and every
    subpackage, up to the next service; declared in any other module it owns that module alone.

    Handlers are `async def`, or plain `def`, which runs in a bounded pool of threads.

    Args:
        name: lower case words joined by hyphens, at most 40 characters.

    Attributes:
        endpoints, subscriptions, crons, mounts, auth_handlers: what was attached, in order.
        startup, shutdown: the lifecycle hooks, in order.
    """

    __slots__ = (
        "auth_handlers",
        "crons",
        "endpoints",
        "mounts",
        "name",
        "shutdown",
        "startup",
        "subscriptions",
    )

    def __init__(self, name: str) -> None:
        self.name = name
        self.endpoints: list[Endpoint[..., Any]] = []
        self.subscriptions: list[Subscription[Any]] = []
        self.crons: list[Cron] = []
        self.mounts: list[Mount] = []
        self.auth_handlers: list[AuthHandler[Any]] = []
        self.startup: list[Callable[[], object]] = []
        self.shutdown: list[Callable[[], object]] = []

    def get(
        self,
        path: str,
        *,
        access: Access = "private",
        name: str | None = None,
        tags: tuple[str, ...] = (),
        timeout: Duration = "30s",
        body_limit: Size = "2MiB",
    ) -> Callable[[Callable[P, R]], Endpoint[P, R]]:
        """An endpoint that answers GET requests.

            @users.get("/users/{id}", access="public")
            async def get_user(id: UUID, fields: list[str] | None = None) -> User: ...

        Parameters named in the path come from it: `{id}` is one segment, `{rest:path}` all that
        remain. Other scalars, and lists of them, come from the query; `Header[str]` and
        `Cookie[str]` say where else; one structured parameter is the JSON body.

        Args:
            path: begins with a slash.
            access: `"private"`: services of this application; `"public"`: anyone; `"auth"`: whoever
                the application's auth handler recognises.
            name: its name in the service; the function's unless it is given.
            tags: words by which generated documentation groups it.
            timeout: after which the caller gets `DeadlineExceeded`, such as `"30s"`.
            body_limit: the largest body accepted, such as `"2MiB"`, or a number of bytes.
        """
        return self._endpoint(
            "GET",
            path,
            access=access,
            name=name,
            tags=tags,
            timeout=timeout,
            body_limit=body_limit,
        )

    def post(
        self,
        path: str,
        *,
        access: Access = "private",
        name: str | None = None,
        tags: tuple[str, ...] = (),
        timeout: Duration = "30s",
        body_limit: Size = "2MiB",
    ) -> Callable[[Callable[P, R]], Endpoint[P, R]]:
        """An endpoint that answers POST requests; options as for `get`.

        @users.post("/signup", access="public")
        async def signup(request: SignupRequest) -> User: ...
        """
        return self._endpoint(
            "POST",
            path,
            access=access,
            name=name,
            tags=tags,
            timeout=timeout,
            body_limit=body_limit,
        )

    def put(
        self,
        path: str,
        *,
        access: Access = "private",
        name: str | None = None,
        tags: tuple[str, ...] = (),
        timeout: Duration = "30s",
        body_limit: Size = "2MiB",
    ) -> Callable[[Callable[P, R]], Endpoint[P, R]]:
        """An endpoint that answers PUT requests; options as for `get`.

        @users.put("/users/{id}/address", access="auth")
        async def set_address(id: UUID, address: Address) -> None: ...
        """
        return self._endpoint(
            "PUT",
            path,
            access=access,
            name=name,
            tags=tags,
            timeout=timeout,
            body_limit=body_limit,
        )

    def patch(
        self,
        path: str,
        *,
        access: Access = "private",
        name: str | None = None,
        tags: tuple[str, ...] = (),
        timeout: Duration = "30s",
        body_limit: Size = "2MiB",
    ) -> Callable[[Callable[P, R]], Endpoint[P, R]]:
        """An endpoint that answers PATCH requests; options as for `get`.

        @users.patch("/users/{id}", access="auth")
        async def change_user(id: UUID, changes: UserChanges) -> User: ...
        """
        return self._endpoint(
            "PATCH",
            path,
            access=access,
            name=name,
            tags=tags,
            timeout=timeout,
            body_limit=body_limit,
        )

    def delete(
        self,
        path: str,
        *,
        access: Access = "private",
        name: str | None = None,
        tags: tuple[str, ...] = (),
        timeout: Duration = "30s",
        body_limit: Size = "2MiB",
    ) -> Callable[[Callable[P, R]], Endpoint[P, R]]:
        """An endpoint that answers DELETE requests; options as for `get`.

        @users.delete("/users/{id}", access="auth")
        async def delete_user(id: UUID) -> None: ...
        """
        return self._endpoint(
            "DELETE",
            path,
            access=access,
            name=name,
            tags=tags,
            timeout=timeout,
            body_limit=body_limit,
        )

    def raw(
        self,
        method: str,
        path: str,
        *,
        access: Access = "private",
        name: str | None = None,
        body_limit: Size = "2MiB",
    ) -> Callable[[Callable[P, R]], Endpoint[P, R]]:
        """An endpoint that reads the request and writes the response itself: webhooks, uploads.

            @payments.raw("POST", "/stripe", access="public")
            async def stripe(request: Request) -> Response: ...

        Its one parameter is Starlette's `Request`, or its `WebSocket` (whose method is `GET`).

        Args:
            method: the HTTP method, in capitals.
            path: as for `get`.
            access: as for `get`.
            name: as for `get`.
            body_limit: as for `get`.
        """
        return self._endpoint(
            method, path, access=access, name=name, tags=(), timeout=None, body_limit=body_limit
        )

    def mount(self, path: str, app: ASGIApp, *, body_limit: Size = "2MiB") -> None:
        """Serve an existing ASGI application, such as one of FastAPI, below `path`.

            users.mount("/admin", admin_app)

        Args:
            path: begins with a slash.
            app: the application itself.
            body_limit: the largest body that it is sent, such as `"2MiB"`, or a number of bytes.
        """
        self.mounts.append(Mount(path, app, body_limit))

    def auth_handler(self, handler: Callable[[Any], Awaitable[Identity]]) -> AuthHandler[Identity]:
        """Find out who is calling the endpoints with `access="auth"`; one in an application.

            @auth.auth_handler
            async def authenticate(request: Request) -> Identity:
                return Identity(user_id=verify(request.headers["authorization"]))

        The function takes Starlette's `Request` and returns an identity of any payload type, or
        raises `Unauthenticated`. It runs in this service; `authenticate.caller()` gives what it
        returned anywhere below.
        """
        made = AuthHandler(handler, service=self.name)
        self.auth_handlers.append(made)
        return made

    def subscribe(
        self,
        topic: Topic[T],
        name: str,
        *,
        concurrency: int = 10,
        ack_deadline: Duration = "30s",
        retry: Retry = DEFAULT_RETRY,
        retention: Duration = "7d",
        filter: Filter | None = None,  # noqa: A002 - what every broker calls it
        dead_letter: bool = True,
        inbox: SQLDatabase | None = None,
    ) -> SubscribeDecorator[T]:
        """A subscription: its own copy of every message of a topic, and the handler for them.

            @emails.subscribe(signups, "send-welcome-email", retry=Retry(max_attempts=10))
            async def send_welcome_email(user: User) -> None: ...

        The handler's one parameter is the payload, or its `Message`. When it raises, the message
        comes again; `Reject` gives it up, `RetryAfter` says when. Messages may come twice.

        Args:
            topic: the topic itself.
            name: lower case words joined by hyphens, at most 40 characters.
            concurrency: how many messages a process handles at a time.
            ack_deadline: after which the broker takes a silent handler for dead, such as `"30s"`.
            retry: how often and how soon a failed message comes again.
            retention: how long an undelivered message is kept, such as `"7d"`.
            filter: which messages are wanted, by fields of the payload typed `Attribute[...]`:
                `{"country": ("NL", "BE")}`.
            dead_letter: whether a message is kept after its last attempt.
            inbox: a database in which handled messages are recorded, so that each takes effect
                once: the handler runs in one transaction with that record, which the database's
                verbs join.
        """

        def attach(handler: Callable[[Any], object]) -> Callable[[Any], object]:
            self.subscriptions.append(
                Subscription(
                    handler,
                    service=self.name,
                    topic=topic,
                    name=name,
                    concurrency=concurrency,
                    ack_deadline=ack_deadline,
                    retry=retry,
                    retention=retention,
                    filter=filter,
                    dead_letter=dead_letter,
                    inbox=inbox,
                )
            )
            return handler

        return cast("SubscribeDecorator[T]", attach)

    @overload
    def cron(self, name: str, *, every: Duration) -> Callable[[Hook], Hook]: ...
    @overload
    def cron(
        self, name: str, *, schedule: str, timezone: str = "UTC"
    ) -> Callable[[Hook], Hook]: ...
    def cron(
        self,
        name: str,
        *,
        every: Duration | None = None,
        schedule: str | None = None,
        timezone: str = "UTC",
    ) -> Callable[[Hook], Hook]:
        """A job that runs at fixed times; its handler takes no arguments.

            @users.cron("purge-unverified", every="24h")
            async def purge_unverified() -> None: ...

            @billing.cron("close-month", schedule="0 4 1 * *", timezone="Europe/Amsterdam")
            async def close_month() -> None: ...

        Args:
            name: lower case words joined by hyphens, at most 40 characters.
            every: a period that divides a day, counted from midnight UTC, such as `"1h"`.
            schedule: minute, hour, day of month, month, day of week; instead of `every`.
            timezone: whose clock `schedule` means, such as `"Europe/Amsterdam"`.
        """

        def attach(handler: Hook) -> Hook:
            self.crons.append(
                Cron(
                    handler,
                    service=self.name,
                    name=name,
                    every=every,
                    schedule=schedule,
                    timezone=timezone,
                )
            )
            return handler

        return attach

    def on_startup(self, hook: Hook) -> Hook:
        """Run a function before the service takes its first request or message.

        @users.on_startup
        async def warm_cache() -> None: ...
        """
        self.startup.append(hook)
        return hook

    def on_shutdown(self, hook: Hook) -> Hook:
        """Run a function after the service has finished its last request and message.

        @users.on_shutdown
        async def close_client() -> None: ...
        """
        self.shutdown.append(hook)
        return hook

    def _endpoint(
        self,
        method: str,
        path: str,
        *,
        access: Access,
        name: str | None,
        tags: tuple[str, ...],
        timeout: Duration | None,
        body_limit: Size,
    ) -> Callable[[Callable[P, R]], Endpoint[P, R]]:
        """A decorator that attaches an endpoint; only raw ones have no timeout."""

        def attach(handler: Callable[P, R]) -> Endpoint[P, R]:
            made = Endpoint(
                handler,
                service=self.name,
                method=method,
                path=path,
                access=access,
                name=handler.__name__ if name is None else name,
                tags=tags,
                timeout=timeout,
                body_limit=body_limit,
                raw=timeout is None,
            )
            self.endpoints.append(made)
            return made

        return attach

    def __repr__(self) -> str:
        return f"Service({self.name!r})"
