"""Signed URLs of buckets in folders, asked as whoever was given one asks."""

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from starlette.applications import Starlette

from infragraph.runtime.buckets.directory import DirectoryStore
from infragraph.runtime.buckets.route import object_route
from infragraph.runtime.buckets.urls import ObjectUrls
from infragraph.sdk.errors import InvalidArgument
from tests.runtime.clocks import ManualClock

KEY = "a/../ü?&=\n.html"


class Bench:
    """A bucket, and the one who asks."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock()
        self.urls = ObjectUrls(
            key=b"a key of thirty-two bytes for us", clock=self.clock, base=lambda: "http://here"
        )
        self.folder = folder
        route = object_route(self.urls, self.store)
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=[route])), base_url="http://here"
        )

    def store(self, name: str) -> DirectoryStore:
        return DirectoryStore(name, self.folder / name, self.urls.sign)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def changed(url: str, **fields: str) -> str:
    parts = urlsplit(url)
    return parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), **fields})).geturl()


async def test_what_is_put_by_url_is_read_by_url(bench: Bench) -> None:
    store = bench.store("photos")
    put = await store.signed_url(KEY, "PUT", "15m")
    written = await bench.client.put(put, content=b"<p>", headers={"content-type": "text/html"})
    got = await bench.client.get(await store.signed_url(KEY, "GET", "15m"))
    head = await bench.client.head(await store.signed_url(KEY, "GET", "15m"))

    assert (written.status_code, await store.download(KEY)) == (200, b"<p>")
    assert (got.status_code, got.content) == (200, b"<p>")
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    # A page that somebody uploaded does not run as one of the service's.
    assert got.headers["content-security-policy"] == "sandbox"
    assert (head.status_code, head.headers["content-length"]) == (200, "3")


async def test_a_url_is_for_one_object_one_method_and_its_time(bench: Bench) -> None:
    store = bench.store("photos")
    await store.upload("a", b"1", None)
    url = await store.signed_url("a", "GET", "1m")
    later = str(int(bench.clock.now().timestamp()) + 3600)
    refused = "the URL is not signed for GET of this object"

    for tried in (
        changed(url, key="b"),
        changed(url, expires=later),
        changed(url, expires="x"),
        changed(url, signature=""),
        url.replace("/photos", "/letters"),
    ):
        answer = await bench.client.get(tried)
        assert (answer.status_code, answer.json()["message"]) == (403, refused)
    assert (await bench.client.put(url, content=b"2")).status_code == 403
    assert (await bench.client.get(url)).content == b"1"
    await bench.clock.advance(61)
    answer = await bench.client.get(url)
    assert (answer.status_code, answer.json()["message"]) == (403, "the URL has expired")


async def test_an_object_that_is_not_there_is_not_found(bench: Bench) -> None:
    url = await bench.store("photos").signed_url("a", "GET", "1m")
    assert (await bench.client.get(url)).status_code == 404


async def test_a_url_is_not_for_ever(bench: Bench) -> None:
    for given in ("8d", "0s"):
        with pytest.raises(InvalidArgument, match="at most 7 days"):
            await bench.store("photos").signed_url("a", "GET", given)
