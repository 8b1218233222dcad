"""The slot through which every verb reaches whatever carries this process.

Declarations know nothing of brokers, databases or HTTP. A runtime or a test fills the slot when it
starts; each kind's module says what it asks of the one that does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractAsyncContextManager

    from infragraph.sdk.auth import AuthHandler
    from infragraph.sdk.bucket import Bucket, ObjectStore
    from infragraph.sdk.database import DatabaseDriver, SQLDatabase
    from infragraph.sdk.endpoint import Endpoint
    from infragraph.sdk.secret import Secret
    from infragraph.sdk.topic import Publisher, Topic


class Environment(Protocol):
    """What carries a process: it turns declarations into things that act."""

    def publisher(self, topic: Topic[Any]) -> Publisher:
        """What publishes to a topic."""
        ...

    def database(self, database: SQLDatabase) -> DatabaseDriver:
        """What runs a database's statements."""
        ...

    def object_store(self, bucket: Bucket) -> ObjectStore:
        """What holds a bucket's objects."""
        ...

    def secret(self, secret: Secret) -> str:
        """A secret's value."""
        ...

    def caller(self, handler: AuthHandler[Any]) -> Any:
        """The identity of whoever made the request that is being handled."""
        ...

    def call(
        self, endpoint: Endpoint[..., Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any]
    ) -> Any:
        """Call an endpoint wherever its service runs; the result is what its handler returns."""
        ...

    def running(self, service: str, *, consume: bool) -> AbstractAsyncContextManager[None]:
        """A block in which one service runs."""
        ...


class NotRunningError(RuntimeError):
    """A verb was used in a process that nothing carries."""

    def __init__(self, verb: str) -> None:
        super().__init__(
            f"{verb} needs a running environment, and nothing carries this process: start it by "
            "`infragraph run` or `infragraph serve`, enter `infragraph.running(...)` in a program "
            "of your own, or take the fixture `infra` in a test"
        )


class Slot:
    """Holds the environment of this process, if there is one."""

    __slots__ = ("environment",)

    def __init__(self) -> None:
        self.environment: Environment | None = None

    def fill(self, environment: Environment | None) -> Environment | None:
        """Put `environment` in the slot and give back what was there, to be restored later."""
        before = self.environment
        self.environment = environment
        return before

    def filled(self, verb: str) -> Environment:
        """The environment; `verb` says in the error what was tried without one."""
        if self.environment is None:
            raise NotRunningError(verb)
        return self.environment


SLOT = Slot()
