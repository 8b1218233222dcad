"""A bucket of Google Cloud Storage, by Google's own client in threads."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterable, AsyncIterator, Callable
from datetime import timedelta
from typing import Any, Literal, cast

import google.auth.transport.requests
import requests
from google.api_core.exceptions import GoogleAPIError, NotFound
from google.auth.exceptions import GoogleAuthError
from google.cloud.storage import Client  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]

from infragraph.runtime.buckets.keys import checked, lifetime, missing, refused
from infragraph.runtime.clouds.google import credentials
from infragraph.sdk.quantities import Duration

EMULATOR = "STORAGE_EMULATOR_HOST"
_ASKS_FOR_NO_BUCKET = "DISABLE_GCS_PYTHON_CLIENT_OTEL_BUCKET_METADATA"
_IN_MEMORY = 8 << 20
_PAGE = 1000
_REFUSALS = (GoogleAPIError, GoogleAuthError, requests.RequestException)


def gcs_client() -> Any:
    """A client, which threads may share; STORAGE_EMULATOR_HOST names another server.

    Its own scopes are of storage alone, and IAM would refuse to sign for them.

    Raises:
        GoogleError: there is no account here.
    """
    client = cast("Any", Client)
    # Else a thread of it asks, for two minutes, for what a service has no right to know.
    os.environ.setdefault(_ASKS_FOR_NO_BUCKET, "true")
    return client() if EMULATOR in os.environ else client(credentials=credentials())


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
        doing = f"to store {key!r}"
        if isinstance(data, bytes):
            await self._asked(doing, lambda: blob.upload_from_string(data, content_type=described))
            return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spooled:
            async for part in data:
                spooled.write(part)
            spooled.seek(0)
            await self._asked(doing, lambda: blob.upload_from_file(spooled, content_type=described))

    async def download(self, key: str) -> bytes:
        blob = self._bucket.blob(checked(key))
        try:
            return cast("bytes", await self._asked(f"to read {key!r}", blob.download_as_bytes))
        except NotFound:
            raise missing(self._name, key) from None

    async def delete(self, key: str) -> None:
        blob = self._bucket.blob(checked(key))
        try:
            await self._asked(f"to delete {key!r}", blob.delete)
        except NotFound:
            return

    async def list(self, prefix: str) -> AsyncIterator[str]:
        """Google orders by the bytes of UTF-8, which is the order of code points."""
        pages = self._client.list_blobs(self._bucket, prefix=prefix, page_size=_PAGE).pages
        while True:
            try:
                page = await self._asked("to list its objects", lambda: next(pages, None))
            except NotFound as error:
                raise refused(self._name, "to list its objects", error) from error
            if page is None:
                return
            for blob in page:
                yield str(blob.name)

    async def exists(self, key: str) -> bool:
        blob = self._bucket.blob(checked(key))
        return bool(await self._asked(f"to look for {key!r}", blob.exists))

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

        return str(await self._asked(f"to sign a URL of {key!r}", signed))

    async def _asked(self, doing: str, ask: Callable[[], object]) -> Any:
        """What it answers.

        Raises:
            NotFound: of Google's, where an object is read or deleted.
            StoreError: it refused, or did not answer.
        """
        try:
            return await asyncio.to_thread(ask)
        except NotFound as error:
            if doing.startswith("to store"):
                raise refused(self._name, doing, error) from error
            raise
        except _REFUSALS as error:
            raise refused(self._name, doing, error) from error
