"""`analyze --watch` as a process of its own, on files that change."""

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import PLAIN, infragraph

pytest.importorskip("watchfiles")
pytestmark = pytest.mark.slow

DEADLINE = 30.0

TOPIC = '\n\nextras = Topic[str]("extras")\n'


class Watching:
    """A run that goes on, ended when the test does, however it does."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.root = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "infragraph", "analyze", "--watch", *options],
            cwd=folder,
            env=PLAIN,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))

    def until(self, *ends: str) -> list[str]:
        """The lines up to the first that begins with one of these."""
        found: list[str] = []
        limit = time.monotonic() + DEADLINE
        while not found or not found[-1].startswith(ends):
            left = limit - time.monotonic()
            try:
                found.append(self._lines.get(timeout=max(left, 0.01)))
            except queue.Empty:
                pytest.fail(f"no line begins with {ends}: {found}")
        return [line for line in found if line]

    def more(self, seconds: float) -> list[str]:
        """What else is printed within so many seconds."""
        time.sleep(seconds)
        found: list[str] = []
        while not self._lines.empty():
            found.append(self._lines.get())
        return [line for line in found if line]

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def add(self, path: str, text: str) -> None:
        self.write(path, (self.root / path).read_text(encoding="utf-8") + text)

    def end(self, sent: int | None = None) -> tuple[int, str]:
        """The exit code and standard error, once the run is over."""
        assert self._process.stderr is not None
        if sent is not None:
            self._process.send_signal(sent)
        code = self._process.wait(DEADLINE)
        return code, self._process.stderr.read()

    def close(self) -> None:
        if self._process.poll() is None:
            os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    return shutil.copytree(
        root / "fixtures/shop", tmp_path / "shop", ignore=shutil.ignore_patterns("__pycache__")
    )


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    run = Watching(folder)
    try:
        run.until("no findings")
        yield run
    finally:
        run.close()


def a_topic(folder: Path) -> str:
    """A file of the sample that declares a topic."""
    files = (path for path in sorted(folder.rglob("*.py")) if "Topic[" in path.read_text())
    return next(files).relative_to(folder).as_posix()


def test_the_report_comes_first_and_then_what_a_change_adds_and_removes(
    watching: Watching,
) -> None:
    path = a_topic(watching.root)
    before = (watching.root / path).read_text()

    watching.add(path, TOPIC)
    appeared = watching.until("found ")
    watching.write(path, before)
    vanished = watching.until("no findings")

    assert appeared[0] == "appeared:"
    assert appeared[1].startswith("warning[IG3101]: ")
    assert appeared[2].strip().startswith(f"--> {path}:")
    assert appeared[-2:] == ["+ node topic:extras", "found 1 warning"]
    assert vanished[0] == "vanished:"
    assert vanished[1:-2] == appeared[1:-2]
    assert vanished[-2:] == ["- node topic:extras", "no findings"]


def test_a_syntax_error_is_a_finding_and_the_graph_is_kept(watching: Watching) -> None:
    path = a_topic(watching.root)
    before = (watching.root / path).read_text()

    watching.write(path, f"{before}\nx = (\n")
    broken = watching.until("found ")
    watching.write(path, before + TOPIC)
    mended = watching.until("found 1 warning")

    assert any(line.startswith("error[IG1001]") for line in broken)
    assert f"the graph is compared again once this can be read: {path}" in broken
    assert [line for line in broken if line[:2] in {"+ ", "- ", "~ "}] == []
    assert [line for line in mended if line[:2] in {"+ ", "- ", "~ "}] == ["+ node topic:extras"]


def test_several_saves_are_one_run_and_no_change_is_one_line(watching: Watching) -> None:
    path = a_topic(watching.root)
    before = (watching.root / path).read_text()

    for number in range(5):
        watching.write(path, f"{before}# {number}\n")
    said = watching.until("nothing changed")

    assert len(said) == 1
    assert said[0].endswith(" s)")
    assert watching.more(1.5) == []


def test_what_is_not_read_leads_to_no_run(watching: Watching) -> None:
    watching.write("notes.txt", "no source")
    watching.write(".cache/infragraph/outputs/x", "")
    watching.write("shop/__pycache__/x.pyc", "")

    assert watching.more(2.5) == []


def test_configuration_ignore_files_and_new_folders_count(watching: Watching) -> None:
    source = 'from infragraph import Topic\n\nextras = Topic[str]("extras")\n'
    watching.write("shop/added/deep/__init__.py", "")
    watching.write("shop/added/deep/topics.py", source)
    added = watching.until("found ")
    watching.write(".gitignore", "added/\n")
    ignored = watching.until("no findings")
    watching.write("infragraph.yaml", "rots: []\n")
    mistaken = watching.until("found ")

    assert "+ node topic:extras" in added
    assert "- node topic:extras" in ignored
    assert any("IG70" in line for line in mistaken)
    assert [line for line in mistaken if line.startswith("- ")] == []


def test_a_migration_counts(watching: Watching) -> None:
    migration = min(watching.root.rglob("*.up.sql"))

    migration.write_text(f"{migration.read_text()}\ncreate table added_here (id bigint);\n")
    said = watching.until("no findings", "found ")

    assert any(line.startswith("~ node database:") for line in said)


def test_an_ignored_folder_is_not_watched(folder: Path) -> None:
    (folder / ".gitignore").write_text("ignored/\n")
    (folder / "ignored").mkdir()
    run = Watching(folder)
    try:
        run.until("no findings")
        run.write("ignored/topics.py", "x = (\n")
        assert run.more(2.0) == []
    finally:
        run.close()


def test_the_interrupt_ends_it_without_a_failure(watching: Watching) -> None:
    assert watching.end(signal.SIGINT) == (0, "")


def test_a_root_that_is_gone_ends_it(watching: Watching) -> None:
    shutil.rmtree(watching.root)

    code, said = watching.end()

    assert code == 2
    assert said.startswith("infragraph: '.' can no longer be read: ")
    assert said.count("\n") == 1


def test_a_file_of_output_is_written_after_every_change(folder: Path) -> None:
    run = Watching(folder, "--format", "json", "--output", "graph.json")
    try:
        run.until("no findings")
        assert "topic:extras" not in (folder / "graph.json").read_text()
        run.add(a_topic(folder), TOPIC)
        run.until("found ")
        assert "topic:extras" in (folder / "graph.json").read_text()
        assert run.more(2.0) == []
    finally:
        run.close()


def test_a_form_for_programs_needs_a_file(folder: Path) -> None:
    done = infragraph("analyze", "--watch", "--format", "json", cwd=folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert "name a file with --output" in done.stderr


def test_without_watchfiles_the_command_that_installs_it_is_named(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "watchfiles.py").write_text("raise ImportError\n")

    done = infragraph("analyze", "--watch", cwd=folder, environment={"PYTHONPATH": str(tmp_path)})

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "infragraph: --watch needs watchfiles, which is not installed; "
        "run: python -m pip install 'infragraph-cli[watch]'\n"
    )
