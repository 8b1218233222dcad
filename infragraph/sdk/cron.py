"""Cron jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from infragraph.sdk.quantities import Duration


class Cron:
    """What `@service.cron` attached to a service; its options are those of the decorator."""

    __slots__ = ("every", "handler", "name", "schedule", "service", "timezone")

    def __init__(
        self,
        handler: Callable[[], object],
        *,
        service: str,
        name: str,
        every: Duration | None,
        schedule: str | None,
        timezone: str,
    ) -> None:
        self.handler = handler
        self.service = service
        self.name = name
        self.every = every
        self.schedule = schedule
        self.timezone = timezone

    def __repr__(self) -> str:
        return f"Cron({self.name!r})"
