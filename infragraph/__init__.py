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
