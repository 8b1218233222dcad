"""A bucket of S3 behaves as a local one does; ministack stands for AWS."""

from collections.abc import AsyncIterator, Mapping
from uuid import uuid4

import httpx
import pytest

from infragraph.runtime.buckets.keys import StoreError
from infragraph.runtime.buckets.s3 import S3Store, s3_client
from infragraph.sdk.errors import InvalidArgument, NotFound
from tests.deploy.emulator import REGION

pytestmark = pytest.mark.slow


@pytest.fixture
def store(aws: Mapping[str, str]) -> S3Store:
    del aws  # set in the environment
    client = s3_client(REGION)
    bucket = f"b-{uuid4().hex}"
    client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    return S3Store("avatars", bucket, client)


async def test_an_object_is_read_as_it_was_written(store: S3Store) -> None:
    await store.upload("a/é x.png", b"\x00\xff", "image/png")

    assert await store.download("a/é x.png") == b"\x00\xff"
    assert await store.exists("a/é x.png")


async def test_a_stream_is_written_in_parts(store: S3Store) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * (1 << 20)

    await store.upload("large", parts(), None)

    assert len(await store.download("large")) == 20 << 20


async def test_what_is_not_there_is_not_found(store: S3Store) -> None:
    with pytest.raises(NotFound, match="bucket 'avatars' has no object 'none'"):
        await store.download("none")
    assert not await store.exists("none")
    await store.delete("none")


async def test_keys_come_in_order_and_over_pages(store: S3Store) -> None:
    for number in range(3):
        await store.upload(f"b/{number}", b"", None)
    await store.upload("a", b"", None)
    await store.delete("b/1")

    assert [key async for key in store.list("")] == ["a", "b/0", "b/2"]
    assert [key async for key in store.list("b/")] == ["b/0", "b/2"]


async def test_who_holds_a_signed_url_reads_or_writes_one_object(store: S3Store) -> None:
    write = await store.signed_url("k", "PUT", "1m")
    read = await store.signed_url("k", "GET", "1m")

    async with httpx.AsyncClient() as client:
        put = await client.put(write, content=b"1")
        got = await client.get(read)

    assert (put.status_code, got.status_code, got.content) == (200, 200, b"1")
    assert "X-Amz-Expires=60" in read


async def test_what_is_refused_is_told_by_the_name_of_the_bucket(store: S3Store) -> None:
    del store  # AWS is there
    gone = S3Store("avatars", f"b-{uuid4().hex}", s3_client(REGION))

    with pytest.raises(StoreError, match=r"^bucket 'avatars' refused to store 'k': .*NoSuchBucket"):
        await gone.upload("k", b"", None)
    with pytest.raises(StoreError, match=r"^bucket 'avatars' refused to list its objects: "):
        assert [key async for key in gone.list("")]


async def test_keys_and_times_that_no_cloud_takes_are_refused(store: S3Store) -> None:
    with pytest.raises(InvalidArgument, match="1 to 1024 bytes"):
        await store.upload("", b"", None)
    with pytest.raises(InvalidArgument, match="seven days"):
        await store.signed_url("k", "GET", "8d")
