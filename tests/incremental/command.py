"""The command `infragraph analyze`, run many times over without waiting for its modules."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tests.cli.command import PLAIN

ROOT = Path(__file__).parents[2]


class Outcome(NamedTuple):
    """All that a run shows."""

    output: str
    notes: str
    code: int


class Command:
    """Runs of the command, each with the state of a process of its own."""

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.incremental.forking"],
            cwd=ROOT,
            env=PLAIN,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.communicate(timeout=60)

    def analyze(self, *options: str, within: Path, cache: Path, prelude: str = "") -> Outcome:
        wanted = {
            "arguments": ["analyze", *options],
            "within": str(within),
            "cache": str(cache),
            "prelude": prelude,
        }
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(wanted) + "\n")
        self._server.stdin.flush()
        answer = self._server.stdout.readline()
        assert answer, "the process that runs are forked from has ended; what it said is on stderr"
        output, notes, code = json.loads(answer)
        return Outcome(
            output=output.encode("latin-1").decode("utf-8", "surrogateescape"),
            notes=notes.encode("latin-1").decode("utf-8", "surrogateescape"),
            code=code,
        )
