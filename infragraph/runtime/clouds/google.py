"""Google Cloud as a service reaches it: by the account that it runs as, or an emulator."""

import os
from typing import Any, cast

import google.auth
import google.auth.exceptions
import grpc.aio

_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
PUBSUB_EMULATOR = "PUBSUB_EMULATOR_HOST"


class GoogleError(Exception):
    """Google Cloud cannot be asked: there is no account here."""


def credentials() -> Any:
    """Those of the account that this process runs as.

    Raises:
        GoogleError: there are none.
    """
    try:
        found, _ = cast("Any", google.auth).default(scopes=[_SCOPE])
    except google.auth.exceptions.DefaultCredentialsError as error:
        message = f"there are no credentials for Google Cloud: {error}"
        raise GoogleError(message) from error
    return found


def transport(kind: Any, emulator: str) -> Any:
    """A transport of a client; `kind` is its class, `emulator` the variable with another address.

    Raises:
        GoogleError: as `credentials`.
    """
    address = os.environ.get(emulator)
    if address:
        return kind(channel=grpc.aio.insecure_channel(address, options=_OPTIONS))
    channel = kind.create_channel(credentials=credentials(), scopes=[_SCOPE], options=_OPTIONS)
    return kind(channel=channel)


def pubsub_transport(kind: Any) -> Any:
    """A transport of one of Pub/Sub's clients.

    Raises:
        GoogleError: as `credentials`.
    """
    return transport(kind, PUBSUB_EMULATOR)


# Ten messages of ten megabytes may come at once.
_OPTIONS = [
    ("grpc.max_send_message_length", -1),
    ("grpc.max_receive_message_length", -1),
    ("grpc.keepalive_time_ms", 30_000),
    # Left to itself it waits for up to two minutes before it connects again.
    ("grpc.initial_reconnect_backoff_ms", 250),
    ("grpc.min_reconnect_backoff_ms", 250),
    ("grpc.max_reconnect_backoff_ms", 2_000),
]
