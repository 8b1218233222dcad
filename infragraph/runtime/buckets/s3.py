"""A bucket of S3, by AWS's own client in threads: it sends what is large in parts."""

import asyncio
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any, Literal, cast

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from infragraph.runtime.buckets.keys import checked, lifetime, missing
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
        if isinstance(data, bytes):
            await asyncio.to_thread(self._client.put_object, **where, Body=data, **described)
            return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spooled:
            async for part in data:
                spooled.write(part)
            spooled.seek(0)
            await asyncio.to_thread(
                self._client.upload_fileobj, spooled, **where, ExtraArgs=described
            )

    async def download(self, key: str) -> bytes:
        def read() -> bytes:
            answer = self._client.get_object(Bucket=self._bucket, Key=checked(key))
            with answer["Body"] as body:
                return cast("bytes", body.read())

        try:
            return await asyncio.to_thread(read)
        except ClientError as error:
            if _code(error) in _NOT_FOUND:
                raise missing(self._name, key) from None
            raise

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self._client.delete_object, Bucket=self._bucket, Key=checked(key))

    async def list(self, prefix: str) -> AsyncIterator[str]:
        """S3 orders by the bytes of UTF-8, which is the order of code points."""
        more: dict[str, str] = {}
        while True:
            page: dict[str, Any] = await asyncio.to_thread(
                self._client.list_objects_v2, Bucket=self._bucket, Prefix=prefix, **more
            )
            for entry in page.get("Contents", ()):
                yield str(entry["Key"])
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    async def exists(self, key: str) -> bool:
        try:
            await asyncio.to_thread(self._client.head_object, Bucket=self._bucket, Key=checked(key))
        except ClientError as error:
            if _code(error) in _NOT_FOUND:
                return False
            raise
        return True

    async def signed_url(self, key: str, method: Literal["GET", "PUT"], expires: Duration) -> str:
        """Good for as long as asked, and no longer than the credentials of the task's role."""
        url: str = await asyncio.to_thread(
            self._client.generate_presigned_url,
            "get_object" if method == "GET" else "put_object",
            Params={"Bucket": self._bucket, "Key": checked(key)},
            ExpiresIn=lifetime(expires),
        )
        return url


def _code(error: ClientError) -> str:
    return str(cast("Any", error).response.get("Error", {}).get("Code", ""))
