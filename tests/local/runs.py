"""`infragraph run` as a person runs it, in a process of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"
_URL = re.compile(r"http://127\.0\.0\.1:[0-9]+")
_SECONDS = 90


@dataclass
class LocalRun:
    """`news` is what was told, `lines` what services wrote."""

    process: subprocess.Popen[bytes]
    root: Path
    url: str

    @property
    def news(self) -> str:
        return (self.root.parent / "news").read_text()

    @property
    def lines(self) -> str:
        return (self.root.parent / "lines").read_text()

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(_SECONDS)


@contextmanager
def local_run(source: Path, folder: Path, *options: str, secrets: str = "") -> Generator[LocalRun]:
    """A copy of an application, up; ended with the block, whatever happens in it."""
    root = folder / source.name
    if not root.exists():
        shutil.copytree(source, root)
    (root / ".env.infragraph").write_text(secrets)
    command = [sys.executable, "-m", "infragraph", "run", str(root), "--port", "0"]
    command += ["--dashboard-port", "0", *options]
    with (folder / "news").open("wb") as news, (folder / "lines").open("wb") as lines:
        process = subprocess.Popen(command, stdout=lines, stderr=news)
    try:
        run = LocalRun(process, root, "")
        until(lambda: "ready in" in run.news or process.poll() is not None)
        found = _URL.search(run.news)
        assert found, f"it did not start: {run.news}\n{run.lines}"
        run.url = found[0]
        yield run
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(_SECONDS)


def until(happens: Callable[[], object], seconds: float = _SECONDS) -> None:
    """Wait for something that nobody tells."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, f"{happens} did not happen in {seconds:g} s"
        time.sleep(0.05)


def processes_in(root: Path) -> list[str]:
    """The command lines of processes that mention the application's folder."""
    return list(commands_in(root).values())


def commands_in(root: Path) -> dict[int, str]:
    """The same, by process."""
    found: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if str(root) in words:
            found[int(entry.name)] = words
    return found
