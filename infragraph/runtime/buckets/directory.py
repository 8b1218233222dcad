"""A bucket in a folder: each object is a file named by its key, with its type beside it."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterable, AsyncIterator, Callable
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote

from infragraph.runtime.quantities import seconds
from infragraph.sdk.errors import InvalidArgument, NotFound
from infragraph.sdk.quantities import Duration

SignUrl = Callable[[str, str, str, float], str]
"""Makes a URL for a bucket, a key and a method that is good for so many seconds."""

_LONGEST_KEY = 1024


class DirectoryStore:
    """Keys are percent-encoded into one file name each, so that none leads out of the folder."""

    def __init__(self, bucket: str, folder: Path, sign: SignUrl) -> None:
        self._bucket = bucket
        self._folder = folder
        self._sign = sign

    async def upload(
        self, key: str, data: bytes | AsyncIterable[bytes], content_type: str | None
    ) -> None:
        path = self._path(key)
        whole = data if isinstance(data, bytes) else b"".join([part async for part in data])
        await asyncio.to_thread(_write, path, whole)
        await asyncio.to_thread(_write, _type_path(path), (content_type or "").encode())

    async def download(self, key: str) -> bytes:
        try:
            return await asyncio.to_thread(self._path(key).read_bytes)
        except FileNotFoundError:
            message = f"bucket {self._bucket!r} has no object {key!r}"
            raise NotFound(message) from None

    async def delete(self, key: str) -> None:
        path = self._path(key)
        await asyncio.to_thread(path.unlink, missing_ok=True)
        await asyncio.to_thread(_type_path(path).unlink, missing_ok=True)

    async def list(self, prefix: str) -> AsyncIterator[str]:
        for key in await asyncio.to_thread(_keys, self._folder):
            if key.startswith(prefix):
                yield key

    async def exists(self, key: str) -> bool:
        return await asyncio.to_thread(self._path(key).exists)

    async def signed_url(self, key: str, method: Literal["GET", "PUT"], expires: Duration) -> str:
        self._path(key)
        return self._sign(self._bucket, key, method, seconds(expires))

    async def content_type(self, key: str) -> str | None:
        """What it was uploaded as."""
        try:
            written = await asyncio.to_thread(_type_path(self._path(key)).read_text)
        except FileNotFoundError:
            return None
        return written or None

    def _path(self, key: str) -> Path:
        if not key or len(key.encode()) > _LONGEST_KEY:
            message = f"an object's key has 1 to {_LONGEST_KEY} bytes"
            raise InvalidArgument(message)
        name = quote(key, safe="")
        # Names of files are shorter than keys: every 200 characters begin a folder.
        parts = [name[start : start + 200] + "+" for start in range(0, len(name), 200)]
        return self._folder.joinpath(*parts[:-1], parts[-1].removesuffix("+") + "=")


def _type_path(path: Path) -> Path:
    return path.with_name(path.name.removesuffix("=") + "~type")


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(8)}")
    temporary.write_bytes(content)
    temporary.replace(path)


def _keys(folder: Path) -> list[str]:
    """All keys, in lexical order."""
    return sorted(
        unquote("".join(part.removesuffix("+") for part in (*parents, name.removesuffix("="))))
        for place, _, names in os.walk(folder)
        for parents in [Path(place).relative_to(folder).parts]
        for name in names
        if name.endswith("=")
    )
