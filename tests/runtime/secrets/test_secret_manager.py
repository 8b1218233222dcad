"""Secrets of Secret Manager, which a gRPC server of the tests stands for."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import grpc.aio
import pytest
from google.cloud.secretmanager_v1 import AccessSecretVersionRequest, AccessSecretVersionResponse

from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.secrets.secret_manager import EMULATOR, secret_manager
from infragraph.sdk.secret import Secret
from tests.runtime.clocks import ManualClock

_SERVICE = "google.cloud.secretmanager.v1.SecretManagerService"


def path(name: str) -> str:
    return f"projects/shop-1234/secrets/{name.lower().replace('_', '-')}"


@asynccontextmanager
async def vault(
    values: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[None]:
    """A block in which it has the values of secrets by their names; `CLOSED` may not be read."""
    known = {f"{path(name)}/versions/latest": value for name, value in values.items()}

    async def access(request: Any, context: Any) -> Any:
        if request.name.startswith(path("CLOSED")):
            await context.abort(grpc.StatusCode.PERMISSION_DENIED, "may not be accessed")
        if request.name not in known:
            await context.abort(grpc.StatusCode.NOT_FOUND, "has no versions")
        return AccessSecretVersionResponse(name=request.name, payload={"data": known[request.name]})

    request: Any = AccessSecretVersionRequest
    response: Any = AccessSecretVersionResponse
    method = grpc.unary_unary_rpc_method_handler(
        access,
        request_deserializer=request.deserialize,
        response_serializer=response.serialize,
    )
    server = grpc.aio.server()
    server.add_generic_rpc_handlers(
        (grpc.method_handlers_generic_handler(_SERVICE, {"AccessSecretVersion": method}),)
    )
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    monkeypatch.setenv(EMULATOR, f"127.0.0.1:{port}")
    try:
        yield
    finally:
        await server.stop(None)


async def test_a_value_is_that_of_the_newest_version(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"STRIPE_KEY": "é".encode(), "OTHER": b"2"}
    async with (
        vault(values, monkeypatch),
        secret_manager(path, ["STRIPE_KEY"], ManualClock()) as secrets,
    ):
        assert secrets(Secret("STRIPE_KEY")) == "é"


async def test_what_is_not_given_is_told_with_the_name_and_never_a_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with vault({"BYTES": b"\xff\xfe"}, monkeypatch):
        with pytest.raises(ConfigurationError) as refused:
            async with secret_manager(path, ["EMPTY", "CLOSED", "BYTES"], ManualClock()):
                pass
    assert str(refused.value) == (
        "secret 'BYTES': its value is no text in UTF-8; "
        "secret 'CLOSED': 403 may not be accessed; "
        "secret 'EMPTY': it has no value: give it one by 'infragraph secrets set'"
    )
