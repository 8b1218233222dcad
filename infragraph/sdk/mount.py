"""ASGI applications that a service serves beside its endpoints."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from infragraph.sdk.quantities import Size

ASGIApp: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]
"""What FastAPI, Starlette and Litestar applications are: called with scope, receive and send."""


class Mount:
    """What `service.mount` attached to a service."""

    __slots__ = ("app", "body_limit", "path")

    def __init__(self, path: str, app: ASGIApp, body_limit: Size) -> None:
        self.path = path
        self.app = app
        self.body_limit = body_limit

    def __repr__(self) -> str:
        return f"Mount({self.path!r})"
