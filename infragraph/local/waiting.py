"""A process that has loaded what serves, and waits to be told what to serve.

`python -m infragraph.local.waiting DESCRIPTOR FOLDER`; the folder is for people who look at
processes. What it is told are the words of an `infragraph serve`, with the descriptors in them.
"""

import contextlib
import gc
import importlib
import itertools
import json
import socket
import sys

# What a service of a run loads by its first request; the application's own is never among it.
_LOADED = (
    "anyio._backends._asyncio",
    "httpcore",
    "infragraph.runtime.command_serve",
    "infragraph.runtime.brokers.nats",
    "infragraph.runtime.tracing.exporting",
    "infragraph.runtime.tracing.messages",
    "infragraph.runtime.tracing.open_telemetry",
    "msgspec",
    "opentelemetry.sdk.resources",
    "uvicorn.lifespan.off",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.protocols.websockets.auto",
    "uvloop",
)
_DESCRIPTORS = ("--fd", "--ready-fd")
_END = b"\n"


def main(arguments: list[str]) -> int:
    with socket.socket(fileno=int(arguments[0])) as telling:
        for name in _LOADED:
            # What is not installed is not needed, or is told by whoever needs it.
            with contextlib.suppress(ModuleNotFoundError):
                importlib.import_module(name)
        gc.freeze()
        words = _told(telling)
    if words is None:
        return 0
    from infragraph.runtime.command import run  # noqa: PLC0415 - loaded by now

    sys.argv = ["infragraph", *words]
    return run(words)


def words_with(words: list[str], descriptors: list[int]) -> list[str]:
    """The words, in which descriptors are named as they are here."""
    found, left = list(words), list(descriptors)
    for number, word in enumerate(words):
        if word in _DESCRIPTORS:
            found[number + 1] = str(left.pop(0))
    return found


def descriptors_in(words: list[str]) -> list[int]:
    """The descriptors that are named, in the order in which they are."""
    return [int(after) for word, after in itertools.pairwise(words) if word in _DESCRIPTORS]


def tell(telling: socket.socket, words: list[str]) -> None:
    """Hand over the words and the descriptors in them.

    Raises:
        OSError: nobody waits at the other side.
    """
    text = json.dumps(words).encode() + _END
    sent = socket.send_fds(telling, [text], descriptors_in(words))
    if sent < len(text):
        # Not with nothing left: who has read all of it may have closed its side.
        telling.sendall(text[sent:])


def _told(telling: socket.socket) -> list[str] | None:
    """None where the other side has gone, or needs nobody."""
    text, descriptors, _, _ = socket.recv_fds(telling, 1 << 16, len(_DESCRIPTORS))
    while text and not text.endswith(_END):
        part = telling.recv(1 << 16)
        if not part:
            return None
        text += part
    return words_with(json.loads(text), list(descriptors)) if text else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
