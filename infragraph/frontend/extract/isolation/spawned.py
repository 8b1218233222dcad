"""A child that is a new interpreter, for systems that cannot copy a process."""

import importlib
import os
import sys

from infragraph.frontend.extract.isolation.confinement import confined
from infragraph.frontend.extract.isolation.ending import SECONDS, Failure, Work, failure

# `-I` keeps the environment and the current folder, which may be the analyzed one, out of the
# child; where our own modules are, it has to be told.
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[3:]; "
    "from infragraph.frontend.extract.isolation.spawned import serve; serve(*sys.argv[1:3])"
)


def run(work: Work, content: bytes) -> bytes | Failure:
    """What the work returns, or how its process ended."""
    import subprocess  # noqa: PLC0415 - nobody needs it where there is fork

    path = [entry for entry in sys.path if os.path.isabs(entry)]  # noqa: PTH117 - no pathlib
    command = [sys.executable, "-I", "-c", _PROGRAM, work.__module__, work.__name__, *path]
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "timeout"
    if ended.returncode == 0 and ended.stdout:
        return ended.stdout
    return failure(-ended.returncode if ended.returncode < 0 else None)


def serve(module: str, name: str) -> None:
    """Does the work in the child: content on standard input, what it makes on standard output."""
    work: Work = getattr(importlib.import_module(module), name)
    content = sys.stdin.buffer.read()
    sending = os.dup(1)
    result = confined(work, content)
    if result is None:
        os._exit(1)
    left = memoryview(result)
    while left:
        left = left[os.write(sending, left) :]
    os._exit(0)
