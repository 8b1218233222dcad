"""The API explorer: an endpoint is called through the gateway, as anybody would."""

import base64
import json
import re
import time
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import quote

import httpx
from starlette.requests import Request
from starlette.routing import Route

from infragraph.local.dashboard.answering import Fault, answering, read_json, text
from infragraph.local.dashboard.given import Given
from infragraph.local.dashboard.own_spans import own_span

_SECONDS = 60.0
_LONGEST = 1 << 20
_PLACE = re.compile(r"{([A-Za-z_][A-Za-z0-9_]*)(:path)?}")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_OWN_HEADERS = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "traceparent"}
)


def routes(given: Given) -> list[Route]:
    async def call(request: Request) -> Any:
        body = await read_json(request)
        node = _endpoint(given, text(body, "endpoint"))
        properties = node["properties"]
        method = str(properties["method"])
        path = _filled(str(properties["path"]), _texts(body, "path"))
        headers = _headers(body)
        content = body.get("body")
        if isinstance(content, str):
            headers.setdefault("content-type", "application/json")
        with own_span(
            given.collected.store,
            f"{method} {properties['path']}",
            "client",
            str(node["id"]),
            {"http.request.method": method, "url.path": path},
        ) as span:
            began = time.perf_counter()
            try:
                answer = await given.client.request(
                    method,
                    given.run.url + path,
                    params=_pairs(body),
                    headers={**headers, "traceparent": span.traceparent},
                    content=content if isinstance(content, str) else None,
                    timeout=_SECONDS,
                )
            except httpx.HTTPError as error:
                message = f"the gateway gave no answer: {str(error) or type(error).__name__}"
                raise Fault(message, 502) from error
            if answer.is_server_error:
                span.fault = f"HTTP {answer.status_code}"
        return {
            "status": answer.status_code,
            "reason": answer.reason_phrase,
            "milliseconds": (time.perf_counter() - began) * 1000,
            "headers": [[name, value] for name, value in answer.headers.multi_items()],
            "trace_id": span.trace_id,
            "bytes": len(answer.content),
            **_shown(answer),
        }

    return [Route("/api/call", answering(call), methods=["POST"])]


def _endpoint(given: Given, node_id: str) -> Mapping[str, Any]:
    for node in given.run.application.of_kind("endpoint"):
        if node["id"] == node_id:
            if node["properties"]["access"] not in ("public", "auth"):
                message = "this endpoint is private: services alone call it"
                raise Fault(message, 403)
            return node
    message = "there is no such endpoint"
    raise Fault(message, 404)


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The path; a value never adds a segment, but where the place takes a rest of a path."""

    def fill(place: re.Match[str]) -> str:
        value = values.get(place[1], "")
        if not value:
            message = f"{place[1]!r} in the path needs a value"
            raise Fault(message)
        if value in (".", ".."):
            message = f"{place[1]!r} in the path cannot be {value!r}"
            raise Fault(message)
        return quote(value, safe="/" if place[2] else "")

    return _PLACE.sub(fill, template)


def _texts(body: Mapping[str, Any], name: str) -> dict[str, str]:
    given = body.get(name, {})
    if not isinstance(given, Mapping):
        message = f"{name!r} is an object"
        raise Fault(message)
    return {str(key): str(it) for key, it in cast("Mapping[str, Any]", given).items()}


def _pairs(body: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The query; a name with a list of values is there as often."""
    given = body.get("query", {})
    if not isinstance(given, Mapping):
        message = "'query' is an object"
        raise Fault(message)
    return tuple(
        (str(name), str(one))
        for name, it in cast("Mapping[str, Any]", given).items()
        for one in (cast("list[object]", it) if isinstance(it, list) else [it])
    )


def _headers(body: Mapping[str, Any]) -> dict[str, str]:
    headers = {name.lower(): it for name, it in _texts(body, "header").items()}
    for name, value in headers.items():
        if not _HEADER.fullmatch(name) or name in _OWN_HEADERS or not value.isprintable():
            message = f"the header {name!r} cannot be sent"
            raise Fault(message)
    cookies = _texts(body, "cookie")
    if cookies:
        headers["cookie"] = "; ".join(
            f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in cookies.items()
        )
    return headers


def _shown(answer: httpx.Response) -> dict[str, Any]:
    content = answer.content[:_LONGEST]
    try:
        plain = content.decode()
    except UnicodeDecodeError:
        return {"body": base64.b64encode(content).decode(), "encoding": "base64"}
    try:
        return {
            "body": json.dumps(json.loads(plain), indent=2, ensure_ascii=False),
            "encoding": "json",
        }
    except (ValueError, RecursionError):
        return {"body": plain, "encoding": "text"}
