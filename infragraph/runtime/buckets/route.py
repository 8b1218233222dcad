"""Where signed URLs of buckets in folders lead."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infragraph.runtime.buckets.directory import DirectoryStore
from infragraph.runtime.buckets.urls import PATH, ObjectUrls
from infragraph.runtime.http.bodies import read_body
from infragraph.runtime.http.responses import failure
from infragraph.sdk.errors import APIError

# It is held in memory: larger ones are a real store's.
_LARGEST = 256 * 1024 * 1024


def object_route(urls: ObjectUrls, store: Callable[[str], DirectoryStore]) -> Route:
    """GET and PUT of an object; `store` is a bucket's, by its name."""

    async def answer(request: Request) -> Response:
        bucket = str(request.path_params["bucket"])
        method = "GET" if request.method == "HEAD" else request.method
        given = request.query_params
        try:
            urls.verify(
                bucket,
                given.get("key", ""),
                method,
                expires=given.get("expires", ""),
                signature=given.get("signature", ""),
            )
            if method == "PUT":
                body = await read_body(
                    request.receive, request.headers.get("content-length"), _LARGEST
                )
                kind = request.headers.get("content-type")
                await store(bucket).upload(given["key"], body, kind)
                return Response()
            return await _read(store(bucket), given["key"])
        except APIError as error:
            return failure(error, PATH)

    return Route(f"{PATH}/{{bucket}}", answer, methods=["GET", "PUT"])


async def _read(store: DirectoryStore, key: str) -> Response:
    """What was uploaded as a page must not run as one of the service's own."""
    kind = await store.content_type(key) or "application/octet-stream"
    headers = {"x-content-type-options": "nosniff", "content-security-policy": "sandbox"}
    return Response(await store.download(key), media_type=kind, headers=headers)
