"""Object stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from infragraph.sdk.slot import SLOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator

    from infragraph.sdk.quantities import Duration


class ObjectStore(Protocol):
    """What carries out a bucket's verbs."""

    async def upload(
        self, key: str, data: bytes | AsyncIterable[bytes], content_type: str | None
    ) -> None:
        """Store one object."""
        ...

    async def download(self, key: str) -> bytes:
        """Read one object; raise `NotFound` where there is none."""
        ...

    async def delete(self, key: str) -> None:
        """Remove one object, if it is there."""
        ...

    def list(self, prefix: str) -> AsyncIterator[str]:
        """The keys that start with `prefix`, in lexical order."""
        ...

    async def exists(self, key: str) -> bool:
        """Whether there is such an object."""
        ...

    async def signed_url(self, key: str, method: Literal["GET", "PUT"], expires: Duration) -> str:
        """A URL for one object."""
        ...


class Bucket:
    """An object store bucket: files by key.

        avatars = Bucket("avatars", public=True)

        await avatars.upload(f"{user.id}.png", image, content_type="image/png")

    Args:
        name: lower case words joined by hyphens, at most 40 characters.
        public: whether anyone may read its objects by URL.
        versioned: whether overwritten and deleted objects are kept.
    """

    __slots__ = ("name", "public", "versioned")

    def __init__(self, name: str, *, public: bool = False, versioned: bool = False) -> None:
        self.name = name
        self.public = public
        self.versioned = versioned

    async def upload(
        self, key: str, data: bytes | AsyncIterable[bytes], *, content_type: str | None = None
    ) -> None:
        """Store `data` under `key`, in place of what was there.

        Args:
            key: the object's name in the bucket.
            data: the bytes, or an asynchronous stream of them for what does not fit into memory.
            content_type: such as `"image/png"`; without it the store decides.
        """
        await self._store("uploading to").upload(key, data, content_type)

    async def download(self, key: str) -> bytes:
        """The whole object under `key`.

        Raises:
            NotFound: there is none.
        """
        return await self._store("downloading from").download(key)

    async def delete(self, key: str) -> None:
        """Remove the object under `key`; one that is not there is no error."""
        await self._store("deleting from").delete(key)

    def list(self, prefix: str = "") -> AsyncIterator[str]:
        """The keys that start with `prefix`, in lexical order.

        async for key in avatars.list("2026/"):
            ...
        """
        return self._store("listing").list(prefix)

    async def exists(self, key: str) -> bool:
        """Whether there is an object under `key`."""
        return await self._store("looking into").exists(key)

    async def signed_url(
        self, key: str, *, method: Literal["GET", "PUT"] = "GET", expires: Duration = "15m"
    ) -> str:
        """A URL by which whoever holds it can read (`GET`) or write (`PUT`) one object for a while.

        Args:
            key: the object's name in the bucket.
            method: what the URL is good for.
            expires: for how long, such as `"15m"`.
        """
        return await self._store("signing a URL of").signed_url(key, method, expires)

    def _store(self, verb: str) -> ObjectStore:
        return SLOT.filled(f"{verb} bucket {self.name!r}").object_store(self)

    def __repr__(self) -> str:
        return f"Bucket({self.name!r})"
