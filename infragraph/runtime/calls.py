"""Calls of endpoints: in place where the service runs in this process, over HTTP elsewhere."""

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from infragraph.runtime.clock import Clock
from infragraph.runtime.context import RUNNING, Running, at_work
from infragraph.runtime.deadlines import remaining
from infragraph.runtime.http.headers import CALLER, TIMEOUT
from infragraph.runtime.http.requests import request_parts, result
from infragraph.runtime.identity import Signer
from infragraph.runtime.interface import Interface
from infragraph.runtime.peers import Peers
from infragraph.runtime.tracing.spans import Spans
from infragraph.sdk import errors
from infragraph.sdk.endpoint import Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """`here` are the services of this process; `interfaces` gives what is known of an endpoint."""

    here: frozenset[str]
    interfaces: Callable[[Endpoint[..., Any]], Interface]
    client: httpx.AsyncClient
    peers: Peers
    signer: Signer
    clock: Clock
    loop: asyncio.AbstractEventLoop
    spans: Spans

    def call(
        self, endpoint: Endpoint[..., Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any]
    ) -> Any:
        """What the handler returns: an awaitable, or for a plain function the result itself."""
        running = at_work()
        if running is None or endpoint.service in self.here:
            return _in_place(endpoint, arguments, keywords, self.spans)
        over = self._over_http(endpoint, arguments, keywords, running)
        if inspect.iscoroutinefunction(endpoint.handler):
            return over
        return self._wait(endpoint, over)

    def _wait(self, endpoint: Endpoint[..., Any], over: Awaitable[Any]) -> Any:
        """For a plain function, which is called from a thread."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run_coroutine_threadsafe(_coroutine(over), self.loop).result()
        _close(over)
        message = (
            f"{endpoint.service}'s endpoint {endpoint.name!r} is a plain function of another "
            "process: call it from a plain function, or make it async"
        )
        raise RuntimeError(message)

    async def _over_http(
        self,
        endpoint: Endpoint[..., Any],
        arguments: tuple[Any, ...],
        keywords: Mapping[str, Any],
        running: Running,
    ) -> Any:
        interface = self.interfaces(endpoint)
        seconds = _least(interface.timeout, remaining(self.clock))
        headers = await self._headers(running, endpoint)
        if seconds is not None:
            headers[TIMEOUT] = str(int(seconds * 1000))
        bound = inspect.signature(endpoint.handler).bind(*arguments, **keywords).arguments
        parts = request_parts(interface, bound)
        request = self.client.build_request(
            endpoint.method,
            self.peers.url(endpoint.service) + parts.path,
            params=tuple(parts.query),
            headers={**parts.headers, **headers},
            content=parts.body,
        )
        try:
            with self.spans.calling(interface.node) as trace:
                request.headers.update(trace)
                async with asyncio.timeout(seconds):
                    response = await self.client.send(request)
        except (TimeoutError, httpx.TimeoutException) as error:
            message = f"{interface.node} did not answer in time"
            raise errors.DeadlineExceeded(message) from error
        except httpx.HTTPError as error:
            message = f"{interface.node} cannot be reached"
            raise errors.Unavailable(message) from error
        return result(interface, response.status_code, response.content)

    async def _headers(self, running: Running, endpoint: Endpoint[..., Any]) -> dict[str, str]:
        """What the other side must know beside the arguments."""
        headers = dict(await self.peers.proof.token(running.service, endpoint.service))
        if running.caller is not None:
            headers[CALLER] = self.signer.sign(
                {"identity": json.loads(running.caller)},
                audience=endpoint.service,
                now=self.clock.now(),
            )
        return headers


def _in_place(
    endpoint: Endpoint[..., Any],
    arguments: tuple[Any, ...],
    keywords: Mapping[str, Any],
    spans: Spans,
) -> Any:
    """The function itself; what it does is its own service's."""
    running = at_work()
    if running is None or running.service == endpoint.service:
        return endpoint.handler(*arguments, **keywords)
    node = f"endpoint:{endpoint.service}/{endpoint.name}"
    inner = Running(
        service=endpoint.service,
        entry=node,
        caller=running.caller,
        deadline=running.deadline,
    )
    if not inspect.iscoroutinefunction(endpoint.handler):
        with spans.calling(node), _as(inner):
            return endpoint.handler(*arguments, **keywords)

    async def run() -> Any:
        with spans.calling(node), _as(inner):
            return await endpoint.handler(*arguments, **keywords)

    return run()


@contextmanager
def _as(running: Running) -> Generator[None]:
    token = RUNNING.set(running)
    try:
        yield
    finally:
        RUNNING.reset(token)


def _least(*limits: float | None) -> float | None:
    return min((it for it in limits if it is not None), default=None)


async def _coroutine(over: Awaitable[Any]) -> Any:
    return await over


def _close(over: Awaitable[Any]) -> None:
    if inspect.iscoroutine(over):
        over.close()
