"""Endpoints of arguments and a result; what their types say is prepared when a process starts."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.deadlines import Limit, patience, remaining
from infragraph.runtime.http.endpoints import Around, Served, at_work_for
from infragraph.runtime.http.headers import PROOFS, TIMEOUT, spoken
from infragraph.runtime.http.parameters import Arguments, Values
from infragraph.runtime.http.responses import failure

_OK, _NO_CONTENT = 200, 204
_JSON = (b"content-type", b"application/json")


class TypedEndpoint:
    """Answers by what a handler returns, as JSON.

    Raises:
        TypeError: nothing can carry a type of the handler's.
    """

    def __init__(self, served: Served, around: Around) -> None:
        interface = served.interface
        self._interface = interface
        self._node = interface.node
        self._is_public = interface.endpoint.access == "public"
        self._handle = served.handle
        self._around = around
        # A process that is not traced is not to pay for spans that nobody makes.
        self._spans = around.spans if around.is_traced else None
        self._arguments = Arguments(interface)
        self._encode = None if interface.result is None else interface.result.encode
        self._status = _NO_CONTENT if self._encode is None else _OK

    async def __call__(self, scope: Scope, receive: Receive, send: Send, values: Values) -> None:
        said = spoken(scope["headers"])
        seconds = patience(self._interface.timeout, said.get(TIMEOUT))
        running = at_work_for(self._interface, self._around.clock, seconds)
        token = RUNNING.set(running)
        try:
            if self._spans is None:
                body = await self._body(scope, receive, said, values, running)
            else:
                path = self._interface.endpoint.path
                with self._spans.serving(self._node, scope["method"], path, said) as answered:
                    body = await self._body(scope, receive, said, values, running)
                    answered(self._status)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is answered
            await failure(error, self._node)(scope, receive, send)
            return
        finally:
            RUNNING.reset(token)
        headers = [] if body is None else [_JSON, (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": self._status, "headers": headers})
        await send({"type": "http.response.body", "body": body or b""})

    async def _body(
        self,
        scope: Scope,
        receive: Receive,
        said: Mapping[str, str],
        values: Values,
        running: Running,
    ) -> bytes | None:
        """What is answered, None where the handler has no result."""
        if not self._is_public or not PROOFS.isdisjoint(said):
            caller = await self._around.doorman.caller(Request(scope), self._interface, said)
            if caller is not None:
                RUNNING.set(replace(running, caller=caller))
        seconds = remaining(self._around.clock)
        if seconds is None:
            arguments = await self._arguments.read(scope, receive, said, values)
            result = await self._handle(**arguments)
        else:
            with Limit(self._node, seconds):
                arguments = await self._arguments.read(scope, receive, said, values)
                result = await self._handle(**arguments)
        return None if self._encode is None else self._encode(result)
