"""The command in a process that has loaded its modules and nothing else, forked for every run.

python -m tests.incremental.forking    takes a run a line on standard input, and answers with one

A run begins with the state of a new process, less the half second in which modules are loaded.
"""

import importlib
import json
import os
import selectors
import signal
import sys
import time
from typing import TypedDict

from infragraph.__main__ import main as command

SECONDS = 120
"""A hang: hundreds of times what a run takes."""

_LOADED = (
    "cli.entry",
    "cli.analysis",
    "linking.compile",
    "diagnostics.render.github",
    "diagnostics.render.json",
    "diagnostics.render.sarif",
    "diagnostics.render.text",
    "workspace.validating",
)
"""What most runs load; of the rest each run loads what it needs."""


class Wanted(TypedDict):
    """`prelude` is code that is run before the command, to change what it runs in."""

    arguments: list[str]
    within: str
    cache: str
    prelude: str


def serve() -> None:
    for name in _LOADED:
        importlib.import_module(f"infragraph.{name}")
    while line := sys.stdin.readline():
        sys.stdout.write(json.dumps(_ran(json.loads(line))) + "\n")
        sys.stdout.flush()


def _ran(wanted: Wanted) -> tuple[str, str, int]:
    """Standard output, standard error and exit code; bytes as the characters of their numbers."""
    output, errors = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.dup2(output[1], 1)
        os.dup2(errors[1], 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for descriptor in (*output, *errors):
            os.close(descriptor)
        _become(wanted)
    os.close(output[1])
    os.close(errors[1])
    found = _read(child, output[0], errors[0])
    _, status = os.waitpid(child, 0)
    return found[output[0]], found[errors[0]], os.waitstatus_to_exitcode(status)


def _become(wanted: Wanted) -> None:
    os.chdir(wanted["within"])
    os.environ["INFRAGRAPH_CACHE_DIR"] = wanted["cache"]
    sys.argv = ["infragraph", *wanted["arguments"]]
    exec(wanted["prelude"], {})  # noqa: S102 - the code is a test's own
    command()
    sys.exit(0)


def _read(child: int, *descriptors: int) -> dict[int, str]:
    found = dict.fromkeys(descriptors, "")
    until = time.monotonic() + SECONDS
    with selectors.DefaultSelector() as selector:
        for descriptor in descriptors:
            selector.register(descriptor, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(max(0.0, until - time.monotonic()))
            if not ready:
                os.killpg(child, signal.SIGKILL)
                until = time.monotonic() + SECONDS
            for key, _ in ready:
                part = os.read(key.fd, 1 << 20)
                found[key.fd] += part.decode("latin-1")
                if not part:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return found


if __name__ == "__main__":
    serve()
