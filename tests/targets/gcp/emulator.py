"""Google's emulator of Pub/Sub: a program in Java, where its archive is there."""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PLACES = (
    Path("/usr/lib/google-cloud-sdk/platform/pubsub-emulator/lib"),
    Path("/usr/share/google-cloud-sdk/platform/pubsub-emulator/lib"),
    Path.home() / "google-cloud-sdk/platform/pubsub-emulator/lib",
)


def archive() -> Path | None:
    named = os.environ.get("PUBSUB_EMULATOR_JAR")
    if named is not None:
        return Path(named)
    found = (it for place in _PLACES for it in sorted(place.glob("*-all.jar")))
    return next(found, None)


def missing() -> str | None:
    """Why the emulator cannot be run."""
    if shutil.which("java") is None:
        return "there is no Java for the Pub/Sub emulator"
    if archive() is None:
        return "the Pub/Sub emulator's archive is not there; PUBSUB_EMULATOR_JAR may name it"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Emulator:
    address: str

    def call(self, method: str, path: str, body: object) -> Any:
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.address}/v1/{path}",
            data=json.dumps(body).encode(),
            method=method,
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return json.load(response)

    def publish(self, topic: str, text: str, **attributes: str) -> None:
        data = base64.b64encode(text.encode()).decode()
        message = {"data": data, "attributes": attributes}
        self.call("POST", f"{topic}:publish", {"messages": [message]})

    def pull(self, subscription: str) -> list[tuple[str, str]]:
        """Ids to acknowledge by, and texts."""
        body = {"maxMessages": 100, "returnImmediately": True}
        found = self.call("POST", f"{subscription}:pull", body).get("receivedMessages", [])
        return [(it["ackId"], base64.b64decode(it["message"]["data"]).decode()) for it in found]

    def refuse(self, subscription: str, ids: list[str]) -> None:
        body = {"ackIds": ids, "ackDeadlineSeconds": 0}
        self.call("POST", f"{subscription}:modifyAckDeadline", body)

    def acknowledge(self, subscription: str, ids: list[str]) -> None:
        self.call("POST", f"{subscription}:acknowledge", {"ackIds": ids})


@contextmanager
def running() -> Generator[Emulator, None, None]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = ["java", "-jar", str(archive()), "--host=127.0.0.1", f"--port={port}"]
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _await(address, process)
        yield Emulator(address=address)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    """Any answer at all means that it is ready."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, "the emulator ended"
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    message = "the emulator did not answer"
    raise TimeoutError(message)
