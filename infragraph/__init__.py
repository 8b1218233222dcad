"""Declare the infrastructure of an event-driven application as typed Python objects.

    from infragraph import Service, Topic

    users = Service("users")
    signups = Topic[User]("signups")

    @users.post("/signup", access="public")
    async def signup(request: SignupRequest) -> User:
        user = User(...)
        await signups.publish(user)
        return user

Declaring is inert: nothing is registered, connected or started. `infragraph analyze` reads such
source without running it, and prints the graph of what publishes, receives, queries and calls what.
"""

# `typing.TYPE_CHECKING` by another way: type checkers know the name, and `typing` is not loaded.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from infragraph.sdk.auth import AuthHandler
    from infragraph.sdk.bucket import Bucket
    from infragraph.sdk.database import Row, SQLDatabase, Transaction
    from infragraph.sdk.endpoint import Endpoint
    from infragraph.sdk.errors import (
        AlreadyExists,
        APIError,
        DeadlineExceeded,
        InvalidArgument,
        NotFound,
        PermissionDenied,
        Reject,
        ResourceExhausted,
        RetryAfter,
        Unauthenticated,
        Unavailable,
    )
    from infragraph.sdk.markers import Attribute, Cookie, Header
    from infragraph.sdk.message import Message
    from infragraph.sdk.retry import Retry
    from infragraph.sdk.running import running
    from infragraph.sdk.secret import Secret
    from infragraph.sdk.service import Service
    from infragraph.sdk.topic import Topic

__all__ = [
    "APIError",
    "AlreadyExists",
    "Attribute",
    "AuthHandler",
    "Bucket",
    "Cookie",
    "DeadlineExceeded",
    "Endpoint",
    "Header",
    "InvalidArgument",
    "Message",
    "NotFound",
    "PermissionDenied",
    "Reject",
    "ResourceExhausted",
    "Retry",
    "RetryAfter",
    "Row",
    "SQLDatabase",
    "Secret",
    "Service",
    "Topic",
    "Transaction",
    "Unauthenticated",
    "Unavailable",
    "running",
]

_MODULES = {
    "APIError": "errors",
    "AlreadyExists": "errors",
    "Attribute": "markers",
    "AuthHandler": "auth",
    "Bucket": "bucket",
    "Cookie": "markers",
    "DeadlineExceeded": "errors",
    "Endpoint": "endpoint",
    "Header": "markers",
    "InvalidArgument": "errors",
    "Message": "message",
    "NotFound": "errors",
    "PermissionDenied": "errors",
    "Reject": "errors",
    "ResourceExhausted": "errors",
    "Retry": "retry",
    "RetryAfter": "errors",
    "Row": "database",
    "SQLDatabase": "database",
    "Secret": "secret",
    "Service": "service",
    "Topic": "topic",
    "Transaction": "database",
    "Unauthenticated": "errors",
    "Unavailable": "errors",
    "running": "running",
}


if not TYPE_CHECKING:
    # A name is loaded when it is asked for: the command must not pay for the SDK before it answers
    # that nothing has changed.
    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        module = __import__(f"infragraph.sdk.{_MODULES[name]}", fromlist=(name,))
        found = globals()[name] = getattr(module, name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *_MODULES})


del TYPE_CHECKING
