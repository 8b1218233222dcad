"""ASGI applications that a service serves beside its endpoints."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

ASGIApp: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]
"""What FastAPI, Starlette and Litestar applications are: called with scope, receive and send."""


class Mount:
    """What `service.mount` attached to a service."""

    __slots__ = ("app", "path")

    def __init__(self, path: str, app: ASGIApp) -> None:
        self.path = path
        self.app = app

    def __repr__(self) -> str:
        return f"Mount({self.path!r})"
