"""A bucket of Google Cloud Storage, by Google's own client in threads."""

import asyncio
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from datetime import timedelta
from typing import Any, Literal, cast

import google.auth
import google.auth.transport.requests
from google.api_core.exceptions import NotFound
from google.cloud.storage import Client  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]

from infragraph.runtime.buckets.keys import checked, lifetime, missing
from infragraph.sdk.quantities import Duration

_IN_MEMORY = 8 << 20
_PAGE = 1000


def gcs_client() -> Any:
    """A client, which threads may share; STORAGE_EMULATOR_HOST names another server."""
    return cast("Any", Client)()


class GcsStore:
    """`name` is the bucket's in the code, `bucket` its own on Google Cloud."""

    def __init__(self, name: str, bucket: str, client: Any) -> None:
        self._name = name
        self._client = client
        self._bucket = client.bucket(bucket)

    async def upload(
        self, key: str, data: bytes | AsyncIterable[bytes], content_type: str | None
    ) -> None:
        blob = self._bucket.blob(checked(key))
        described = content_type or "application/octet-stream"
        if isinstance(data, bytes):
            await asyncio.to_thread(blob.upload_from_string, data, content_type=described)
            return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spooled:
            async for part in data:
                spooled.write(part)
            spooled.seek(0)
            await asyncio.to_thread(blob.upload_from_file, spooled, content_type=described)

    async def download(self, key: str) -> bytes:
        try:
            content: bytes = await asyncio.to_thread(
                self._bucket.blob(checked(key)).download_as_bytes
            )
        except NotFound:
            raise missing(self._name, key) from None
        return content

    async def delete(self, key: str) -> None:
        try:
            await asyncio.to_thread(self._bucket.blob(checked(key)).delete)
        except NotFound:
            return

    async def list(self, prefix: str) -> AsyncIterator[str]:
        """Google orders by the bytes of UTF-8, which is the order of code points."""
        pages = self._client.list_blobs(self._bucket, prefix=prefix, page_size=_PAGE).pages
        while (page := await asyncio.to_thread(next, pages, None)) is not None:
            for blob in page:
                yield str(blob.name)

    async def exists(self, key: str) -> bool:
        return bool(await asyncio.to_thread(self._bucket.blob(checked(key)).exists))

    async def signed_url(self, key: str, method: Literal["GET", "PUT"], expires: Duration) -> str:
        """Signed by the account's key where there is one, else by IAM in the account's name."""
        blob = self._bucket.blob(checked(key))
        options = {
            "version": "v4",
            "method": method,
            "expiration": timedelta(seconds=lifetime(expires)),
        }

        def signed() -> str:
            found = self._client._credentials  # noqa: SLF001 - it has no other way to them
            if not hasattr(found, "sign_bytes"):
                found.refresh(google.auth.transport.requests.Request())
                options["service_account_email"] = found.service_account_email
                options["access_token"] = found.token
            return str(blob.generate_signed_url(**options))

        return await asyncio.to_thread(signed)
