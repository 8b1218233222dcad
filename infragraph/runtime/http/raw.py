"""Endpoints that read the request and write the response themselves."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.deadlines import patience
from infragraph.runtime.http.bodies import Limited, check_announced
from infragraph.runtime.http.endpoints import Around, Served, at_work_for
from infragraph.runtime.http.headers import LENGTH, TIMEOUT, spoken
from infragraph.runtime.http.parameters import Values, path_names
from infragraph.runtime.http.responses import failure


class RawEndpoint:
    """Answers by the response that a handler returns, which is sent as the handler's own work."""

    def __init__(self, served: Served, around: Around) -> None:
        self._interface = served.interface
        self._names = path_names(served.interface.endpoint.path)
        self._handle = served.handle
        self._around = around

    async def __call__(self, scope: Scope, receive: Receive, send: Send, values: Values) -> None:
        scope["path_params"] = dict(zip(self._names, values, strict=True))
        said = spoken(scope["headers"])
        seconds = patience(self._interface.timeout, said.get(TIMEOUT))
        running = at_work_for(self._interface, self._around.clock, seconds)
        token = RUNNING.set(running)
        try:
            try:
                response = await self._response(scope, receive, said, running)
            except ClientDisconnect:
                return
            except Exception as error:  # noqa: BLE001 - whatever a handler raises is answered
                response = failure(error, self._interface.node)
            await response(scope, receive, send)
        finally:
            RUNNING.reset(token)

    async def _response(
        self, scope: Scope, receive: Receive, said: Mapping[str, str], running: Running
    ) -> Response:
        interface = self._interface
        method, path = scope["method"], interface.endpoint.path
        with self._around.spans.serving(interface.node, method, path, said) as answered:
            caller = await self._around.doorman.caller(Request(scope), interface, said)
            if caller is not None:
                RUNNING.set(replace(running, caller=caller))
            check_announced(said.get(LENGTH), interface.body_limit)
            limited = Limited(receive, interface.body_limit)
            response: Response = await self._handle(Request(scope, limited))
            answered(response.status_code)
            return response
