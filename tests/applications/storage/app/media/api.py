import asyncio
from dataclasses import dataclass

from app import shared
from app.media import media, pictures, threaded, thumbnails
from app.media.settings import EARLY, Settings, verify

BUCKETS = {"pictures": pictures, "thumbnails": thumbnails}


@dataclass(frozen=True)
class Picture:
    key: str
    data: str


@media.post("/pictures")
async def add(picture: Picture) -> None:
    await pictures.upload(picture.key, picture.data.encode(), content_type="image/png")


@media.get("/pictures/{key}")
async def link(key: str) -> str:
    if not await pictures.exists(key):
        return ""
    return await pictures.signed_url(key, expires="5m")


@media.get("/upload-url/{key}")
async def upload_url(key: str) -> str:
    return await pictures.signed_url(key, method="PUT")


@media.get("/keys")
async def keys() -> list[str]:
    return [key async for key in thumbnails.list("small/")]


@media.delete("/everything")
async def clear() -> None:
    for bucket in BUCKETS.values():
        async for key in bucket.list():
            await bucket.delete(key)


@media.post("/all")
async def add_all(picture: Picture) -> None:
    await asyncio.gather(*map(thumbnails.download, (picture.key, "default")))


@media.get("/threaded")
async def in_thread() -> str:
    return await asyncio.to_thread(threaded.get)


@media.get("/verify/{text}")
async def check(text: str) -> bool:
    return verify(shared.signed(text)) and Settings.key == EARLY
