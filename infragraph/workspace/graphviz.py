"""Graphviz, a program of its own that reads DOT and says where everything stands."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ENGINES = ("graphviz-pure", "dot")

MENDS = "pip install 'infragraph-cli[diagrams]'"

_SECONDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLayout:
    """Why nothing was laid out."""

    reason: str


def lay_out(engine: str, dot: str) -> str | NoLayout:
    """The JSON of Graphviz for a text in DOT.

    The engine is looked for beside the running Python first, so that an environment need not be
    activated, then on the PATH.
    """
    program = _program(engine)
    if program is None:
        return NoLayout(reason=_absent(engine))
    try:
        done = subprocess.run(  # noqa: S603 - one of two programs, and the text is no argument
            [program, "-Tjson"],
            input=dot.encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return NoLayout(reason=f"{engine} took more than {_SECONDS} seconds; choose a smaller view")
    if done.returncode != 0:
        lines = done.stderr.decode(errors="replace").split("\n")
        said = next((line for line in lines if line.strip()), "nothing")
        return NoLayout(reason=f"{engine} ended with {done.returncode} and said: {said}")
    return done.stdout.decode(errors="replace")


def _program(engine: str) -> str | None:
    beside = str(Path(sys.executable).parent)
    return shutil.which(engine, path=beside) or shutil.which(engine)


def _absent(engine: str) -> str:
    if engine == "dot":
        return "there is no 'dot' on the PATH; install Graphviz, or leave out --engine"
    return f"this format is laid out by {engine}, which is not there; install it with: {MENDS}"
