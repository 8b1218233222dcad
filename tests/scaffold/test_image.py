"""What an image holds, laid out as its Dockerfile says, and run as it says: without Docker."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from infragraph.scaffold.docker import PORT, Image
from tests.cli.command import infragraph
from tests.scaffold.test_docker import last_stage

pytestmark = pytest.mark.slow

MINIMAL = Image(application="minimal", python="3.13", sources=("greeter",))
COMPILER = ("jinja2", "libcst", "networkx", "sqlglot", "typer", "yaml")
CONFIGURATION = {
    "schema_version": 1,
    "application": "minimal",
    "environment": "here",
    "provider": "memory",
    "region": "local",
    "resources": {
        "service:greeter": {"url": f"http://127.0.0.1:{PORT}", "audience": "greeter"},
        "subscription:greetings/write-down": {},
        "topic:greetings": {"topic": "greetings"},
    },
}
# To make an environment of its own takes a network: what the image lacks cannot be imported here.
START = (
    "import sys\n"
    f"sys.modules.update(dict.fromkeys({COMPILER!r}))\n"
    "from infragraph.__main__ import main\n"
    "main()\n"
)


@pytest.fixture(scope="module")
def image(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder /app of an image of the minimal application."""
    context, app = tmp_path_factory.mktemp("context"), tmp_path_factory.mktemp("app")
    shutil.copytree(root / "fixtures/minimal", context, dirs_exist_ok=True)
    told = context / "deploy/memory/here"
    told.mkdir(parents=True)
    (told / "infragraph.runtime.here.json").write_text(json.dumps(CONFIGURATION))
    analyzed = infragraph("analyze", "--format", "json", "--output", "graph.json", cwd=context)
    assert analyzed.returncode == 0
    for name, value in last_stage(MINIMAL):
        if name != "COPY" or "/app/.venv" in value:
            continue
        *sources, target = value.split()
        if sources == ["--from=analysis", "/opt/infragraph.graph.json"]:
            shutil.copy(context / "graph.json", app / "infragraph.graph.json")
            continue
        for source in [path for pattern in sources for path in context.glob(pattern)]:
            if source.is_dir():
                shutil.copytree(source, app / target)
            else:
                shutil.copy(source, app / target)
    return app


def test_it_serves_and_tells_of_its_health_without_the_compiler(image: Path, root: Path) -> None:
    environment = _environment(image, root, free_port())
    (ready,) = (value for name, value in last_stage(MINIMAL) if name == "HEALTHCHECK")
    (entry,) = (value for name, value in last_stage(MINIMAL) if name == "ENTRYPOINT")
    (command,) = (value for name, value in last_stage(MINIMAL) if name == "CMD")
    more = ("--service", "greeter", "--config", "infragraph.runtime.here.json")

    assert _ran(json.loads(ready.partition("CMD ")[2]), image, environment) == 1
    with _serving([*json.loads(entry), *json.loads(command), *more], image, environment):
        greeting = _posted(f"http://127.0.0.1:{environment['PORT']}/hello/ada")
        health = _ran(json.loads(ready.partition("CMD ")[2]), image, environment)

    assert greeting == "Hello, ada!"
    assert health == 0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _environment(image: Path, root: Path, port: int) -> dict[str, str]:
    """That of the image, in the place where it is laid out."""
    given: dict[str, str] = {}
    for name, value in last_stage(MINIMAL):
        if name == "ENV":
            given |= dict(word.split("=", 1) for word in value.split())
    path = given["PYTHONPATH"].replace("/app", str(image))
    return {
        **given,
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "PYTHONPATH": os.pathsep.join((path, str(root))),
    }


def _command(words: list[str]) -> list[str]:
    assert words[0] == "infragraph"
    return [sys.executable, "-c", START, *words[1:]]


def _ran(words: list[str], image: Path, environment: Mapping[str, str]) -> int:
    done = subprocess.run(
        _command(words), cwd=image, env=environment, capture_output=True, timeout=30, check=False
    )
    return done.returncode


@contextmanager
def _serving(words: list[str], image: Path, environment: Mapping[str, str]) -> Generator[None]:
    process = subprocess.Popen(
        [*_command(words), "--host", "127.0.0.1"],
        cwd=image,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", int(environment["PORT"])), 1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    output = process.stdout.read() if process.stdout else b""
                    pytest.fail(f"it does not serve: {output.decode()}")
                time.sleep(0.1)
        yield
        process.terminate()
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _posted(url: str) -> object:
    request = urllib.request.Request(url, method="POST")  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
        return json.loads(answer.read())
