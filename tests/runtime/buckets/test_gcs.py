"""A bucket of Google Cloud Storage behaves as a local one does; a fake of its API stands for it."""

import hashlib
import json
from collections.abc import AsyncIterator, Generator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from google.cloud.storage import Client  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]
from google.oauth2 import service_account

from infragraph.runtime.buckets.gcs import GcsStore, gcs_client
from infragraph.runtime.buckets.keys import StoreError
from infragraph.sdk.errors import InvalidArgument, NotFound
from tests.runtime.buckets.fake_storage import storage

BUCKET, CLOSED = "shop-prod-avatars", "closed"


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    with storage({BUCKET: {}, CLOSED: {}}, closed=CLOSED) as found:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", found)
        yield found


@pytest.fixture
def store(address: str) -> GcsStore:
    del address  # set in the environment
    return GcsStore("avatars", BUCKET, gcs_client())


async def test_an_object_is_read_as_it_was_written(store: GcsStore) -> None:
    await store.upload("a/é x.png", b"\x00\xff", "image/png")

    assert await store.download("a/é x.png") == b"\x00\xff"
    assert await store.exists("a/é x.png")


async def test_a_stream_is_written_in_parts(store: GcsStore) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * (1 << 20)

    await store.upload("large", parts(), None)

    assert len(await store.download("large")) == 20 << 20


async def test_what_is_not_there_is_not_found(store: GcsStore) -> None:
    with pytest.raises(NotFound, match="bucket 'avatars' has no object 'none'"):
        await store.download("none")
    assert not await store.exists("none")
    await store.delete("none")


async def test_keys_come_in_order_and_over_pages(store: GcsStore) -> None:
    for number in range(5):
        await store.upload(f"b/{number}", b"", None)
    await store.upload("a", b"", None)
    await store.delete("b/1")

    assert [key async for key in store.list("")] == ["a", "b/0", "b/2", "b/3", "b/4"]
    assert [key async for key in store.list("b/")] == ["b/0", "b/2", "b/3", "b/4"]
    assert [key async for key in store.list("c")] == []


@pytest.mark.parametrize("bucket", [CLOSED, "gone"])
async def test_what_is_refused_is_told_by_the_name_of_the_bucket(address: str, bucket: str) -> None:
    del address
    closed = GcsStore("avatars", bucket, gcs_client())

    with pytest.raises(StoreError, match=r"^bucket 'avatars' refused to store 'k': "):
        await closed.upload("k", b"", None)
    with pytest.raises(StoreError, match=r"^bucket 'avatars' refused to list its objects: "):
        assert [key async for key in closed.list("")]


async def test_keys_and_times_that_no_cloud_takes_are_refused(store: GcsStore) -> None:
    with pytest.raises(InvalidArgument, match="1 to 1024 bytes"):
        await store.upload("", b"", None)
    with pytest.raises(InvalidArgument, match="seven days"):
        await store.signed_url("k", "GET", "8d")


def test_the_account_may_have_urls_signed_by_iam(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STORAGE_EMULATOR_HOST", raising=False)
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "shop-1234")
    key = rsa.generate_private_key(65537, 2048)
    (tmp_path / "account.json").write_text(json.dumps(_account(key)))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "account.json"))

    # https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/signBlob
    (scope,) = gcs_client()._credentials.scopes  # noqa: SLF001 - it tells nowhere else
    assert scope == "https://www.googleapis.com/auth/cloud-platform"


async def test_a_url_is_signed_for_one_object_one_method_and_a_time(address: str) -> None:
    del address
    key = rsa.generate_private_key(65537, 2048)
    account: Any = service_account.Credentials
    credentials = account.from_service_account_info(_account(key))
    client: Any = Client
    signing = GcsStore("avatars", BUCKET, client(project="shop-1234", credentials=credentials))

    url = urlsplit(await signing.signed_url("a/é x.png", "PUT", "1m"))

    query, _, signature = url.query.rpartition("&X-Goog-Signature=")
    fields = {name: value for name, (value,) in parse_qs(query).items()}
    assert (url.path, fields["X-Goog-Expires"], fields["X-Goog-SignedHeaders"]) == (
        f"/{BUCKET}/a/%C3%A9%20x.png",
        "60",
        "host",
    )
    canonical = f"PUT\n{url.path}\n{query}\nhost:{url.netloc}\n\nhost\nUNSIGNED-PAYLOAD"
    scope = fields["X-Goog-Credential"].partition("/")[2]
    signed = "\n".join(
        (
            fields["X-Goog-Algorithm"],
            fields["X-Goog-Date"],
            scope,
            hashlib.sha256(canonical.encode()).hexdigest(),
        )
    )
    key.public_key().verify(
        bytes.fromhex(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256()
    )


def _account(key: rsa.RSAPrivateKey) -> dict[str, str]:
    """An account with a key, as Google gives it in a file."""
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    ).decode()
    return {
        "type": "service_account",
        "client_email": "api@shop-1234.iam.gserviceaccount.com",
        "private_key": pem,
        "token_uri": "http://127.0.0.1:9/token",
    }
