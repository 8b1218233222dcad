"""A bucket of S3, by AWS's own client in threads: it sends what is large in parts."""

import asyncio
import tempfile
from collections.abc import AsyncIterable, AsyncIterator, Callable
from typing import Any, Literal, cast

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infragraph.runtime.buckets.keys import checked, lifetime, missing, refused
from infragraph.sdk.quantities import Duration

_IN_MEMORY = 8 << 20
_NOT_FOUND = frozenset({"404", "NoSuchKey", "NotFound"})


def s3_client(region: str) -> Any:
    """A client, which threads may share; it signs by keys and not by the bucket's region alone."""
    return cast("Any", boto3.Session()).client(
        "s3", region_name=region, config=Config(signature_version="s3v4")
    )


class S3Store:
    """`name` is the bucket's in the code, `bucket` its own on AWS."""

    def __init__(self, name: str, bucket: str, client: Any) -> None:
        self._name = name
        self._bucket = bucket
        self._client = client

    async def upload(
        self, key: str, data: bytes | AsyncIterable[bytes], content_type: str | None
    ) -> None:
        where = {"Bucket": self._bucket, "Key": checked(key)}
        described = {} if content_type is None else {"ContentType": content_type}
        doing = f"to store {key!r}"
        if isinstance(data, bytes):
            await self._told(
                doing, lambda: self._client.put_object(**where, Body=data, **described)
            )
            return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spooled:
            async for part in data:
                spooled.write(part)
            spooled.seek(0)
            await self._told(
                doing,
                lambda: self._client.upload_fileobj(spooled, **where, ExtraArgs=described),
            )

    async def download(self, key: str) -> bytes:
        checked(key)

        def read() -> bytes | None:
            try:
                answer = self._client.get_object(Bucket=self._bucket, Key=key)
            except ClientError as error:
                if _code(error) in _NOT_FOUND:
                    return None
                raise
            with answer["Body"] as body:
                return cast("bytes", body.read())

        found: bytes | None = await self._told(f"to read {key!r}", read)
        if found is None:
            raise missing(self._name, key)
        return found

    async def delete(self, key: str) -> None:
        checked(key)
        await self._told(
            f"to delete {key!r}",
            lambda: self._client.delete_object(Bucket=self._bucket, Key=key),
        )

    async def list(self, prefix: str) -> AsyncIterator[str]:
        """S3 orders by the bytes of UTF-8, which is the order of code points."""
        more: dict[str, str] = {}
        while True:
            asked = {"Bucket": self._bucket, "Prefix": prefix, **more}

            def ask(asked: dict[str, str] = asked) -> Any:
                return self._client.list_objects_v2(**asked)

            page: dict[str, Any] = await self._told("to list its objects", ask)
            for entry in page.get("Contents", ()):
                yield str(entry["Key"])
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    async def exists(self, key: str) -> bool:
        checked(key)

        def look() -> bool:
            try:
                self._client.head_object(Bucket=self._bucket, Key=key)
            except ClientError as error:
                if _code(error) in _NOT_FOUND:
                    return False
                raise
            return True

        return bool(await self._told(f"to look for {key!r}", look))

    async def signed_url(self, key: str, method: Literal["GET", "PUT"], expires: Duration) -> str:
        """Good for as long as asked, and no longer than the credentials of the task's role."""
        checked(key)
        seconds = lifetime(expires)

        def sign() -> str:
            url: str = self._client.generate_presigned_url(
                "get_object" if method == "GET" else "put_object",
                Params={"Bucket": self._bucket, "Key": key},
                ExpiresIn=seconds,
            )
            return url

        return str(await self._told(f"to sign a URL of {key!r}", sign))

    async def _told(self, doing: str, ask: Callable[[], Any]) -> Any:
        """What it answers.

        Raises:
            StoreError: it refused, or did not answer.
        """
        try:
            return await asyncio.to_thread(ask)
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise refused(self._name, doing, error) from error


def _code(error: ClientError) -> str:
    return str(cast("Any", error).response.get("Error", {}).get("Code", ""))
