"""Google's emulator of Pub/Sub, for as long as a test needs it.

It is a program of Java, found where the Google Cloud CLI puts it or by the variable. It enforces no
filters, loses order when a message is given back, heeds no limit of what a stream may hold, goes on
handing messages to streams that have ended, sends no token with a push, and keeps what it has in
memory.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infragraph.local.ports import free_port

PLACE = "INFRAGRAPH_PUBSUB_EMULATOR"
_USUAL = "/usr/lib/google-cloud-sdk/platform/pubsub-emulator/lib"
_SECONDS = 60.0


@contextmanager
def pubsub_emulator(log: Path) -> Generator[str]:
    """A block in which it runs; gives its address."""
    java, jar = shutil.which("java"), _jar()
    if java is None:
        pytest.skip("the emulator of Pub/Sub needs Java, which is not here")
    port = free_port("127.0.0.1")
    with log.open("wb") as written:
        process = subprocess.Popen(
            [java, "-jar", str(jar), "--host=127.0.0.1", f"--port={port}"],
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, port, log)
            yield f"127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def _jar() -> Path:
    named = os.environ.get(PLACE)
    if named:
        return Path(named)
    found = sorted(Path(_USUAL).glob("cloud-pubsub-emulator-*-all.jar"))
    if not found:
        pytest.skip(f"the emulator of Pub/Sub is not here: set {PLACE} to its jar")
    return found[-1]


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + _SECONDS
    while True:
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        else:
            return
