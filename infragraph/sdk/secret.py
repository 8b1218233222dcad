"""Secrets: values that are configured, never written down."""

from __future__ import annotations

from infragraph.sdk.slot import SLOT


class Secret:
    """A secret, such as an API key, whose value is set per environment.

        webhook_key = Secret("STRIPE_WEBHOOK_KEY")

        @payments.raw("POST", "/stripe", access="public")
        async def stripe(request: Request) -> Response:
            verify(await request.body(), webhook_key.get())

    Args:
        name: capital letters, digits and underscores, starting with a letter.
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def get(self) -> str:
        """The secret's value; not a coroutine, since it is fetched ahead and kept fresh."""
        return SLOT.filled(f"reading secret {self.name!r}").secret(self)

    def __repr__(self) -> str:
        return f"Secret({self.name!r})"
