"""Annotations that say where a value travels."""

from __future__ import annotations

from typing import Annotated, TypeAlias, TypeVar

T = TypeVar("T")


class Marker:
    """What a codec or a router finds in an annotation's metadata."""

    __slots__ = ("place",)

    def __init__(self, place: str) -> None:
        self.place = place

    def __repr__(self) -> str:
        return f"Marker({self.place!r})"


Attribute: TypeAlias = Annotated[T, Marker("attribute")]
"""A payload's field that also travels outside the body, so that a broker can filter on it.

To the type checker and to the handler it is a plain `T`; `str` is what every cloud can carry.

    @dataclass(frozen=True)
    class Order:
        id: UUID
        country: Attribute[str]

    @tax.subscribe(orders, "declare-vat", filter={"country": ("NL", "BE")})
    async def declare_vat(order: Order) -> None: ...
"""

Header: TypeAlias = Annotated[T, Marker("header")]
"""An endpoint's parameter that comes from the header of its name, `_` read as `-`.

    @users.get("/users", access="public")
    async def list_users(accept_language: Header[str] = "en") -> list[User]: ...
"""

Cookie: TypeAlias = Annotated[T, Marker("cookie")]
"""An endpoint's parameter that comes from the cookie of its name.

    @users.get("/me", access="public")
    async def me(session: Cookie[str]) -> User: ...
"""
