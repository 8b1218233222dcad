"""A WebSocket handed on to the service that it is for."""

import asyncio
from typing import Any

import websockets
from starlette.websockets import WebSocket, WebSocketDisconnect

_OURS = frozenset(
    {"host", "connection", "upgrade", "sec-websocket-key", "sec-websocket-version"}
    | {"sec-websocket-extensions", "sec-websocket-protocol"}
)
_UNAVAILABLE = 1013


async def relay(socket: WebSocket, address: str) -> None:
    """Messages in both directions, until either side ends."""
    url = address.replace("http", "ws", 1) + socket.url.path
    if socket.url.query:
        url += f"?{socket.url.query}"
    protocols: Any = socket.scope.get("subprotocols") or None
    headers = [(name, it) for name, it in socket.headers.items() if name not in _OURS]
    try:
        service = await websockets.connect(url, additional_headers=headers, subprotocols=protocols)
    except (OSError, websockets.WebSocketException):
        await socket.close(_UNAVAILABLE)
        return
    async with service:
        await socket.accept(service.subprotocol)
        ways = {
            asyncio.create_task(_up(socket, service)),
            asyncio.create_task(_down(socket, service)),
        }
        _, others = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


async def _up(socket: WebSocket, service: Any) -> None:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")
        await service.send(message["bytes"] if text is None else text)


async def _down(socket: WebSocket, service: Any) -> None:
    try:
        async for message in service:
            if isinstance(message, str):
                await socket.send_text(message)
            else:
                await socket.send_bytes(message)
        await socket.close(service.close_code or 1000)
    except (WebSocketDisconnect, RuntimeError, websockets.ConnectionClosed):
        return
