"""ministack, an emulator of AWS, for as long as a test needs it.

It is a program of its own, with dependencies that ours must not be held to: `.ci/readers` puts it
into `.readers/ministack`, and the variable names another place. What it does not enforce, its tests
cannot show: it lets a raw message with more than ten attributes pass, checks no rights and no
signatures, and takes any property that it does not know.
"""

import os
import subprocess
import time
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest

from infragraph.local.ports import free_port

PLACE = "INFRAGRAPH_MINISTACK"
REGION = "eu-west-1"
ACCOUNT = "000000000000"
_SECONDS = 30.0


@contextmanager
def ministack(log: Path) -> Generator[Mapping[str, str]]:
    """A block in which it runs; gives the variables by which a process speaks to it."""
    program = _program()
    port = free_port("127.0.0.1")
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [program],
            env={
                **os.environ,
                "BIND_HOST": "127.0.0.1",
                "GATEWAY_PORT": str(port),
                "DOCKER_HOST": "unix:///nonexistent",
                # Its broker of IoT listens on one port for all.
                "SERVICES": "sns,sqs,s3,secretsmanager,sts,iam,kms,cloudformation",
            },
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, url, log)
            yield {
                "AWS_ENDPOINT_URL": url,
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_REGION": REGION,
            }
        finally:
            process.kill()
            process.wait()


def _program() -> str:
    named = os.environ.get(PLACE)
    found = Path(named) if named else Path(".readers/ministack/bin/ministack").resolve()
    if not found.is_file():
        pytest.skip(f"ministack is not here: run .ci/readers, or set {PLACE}")
    return str(found)


def _wait(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    end = time.monotonic() + _SECONDS
    while True:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{url}/_ministack/health", timeout=1):  # noqa: S310
                return
        except (URLError, OSError):
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
