import sys
from pathlib import Path

import pytest

from benchmarks.corpus.application import application
from benchmarks.corpus.rendering import rendered
from benchmarks.measure.agreement import Agreement, agreement
from benchmarks.measure.changes import (
    another_line,
    checked_out,
    editing,
    other_body,
    other_export,
    other_sum,
)
from benchmarks.measure.commands import Template, filled, programs, templates
from benchmarks.measure.interleaving import Contender, Sample, interleaved
from benchmarks.measure.memory import peak_of_all
from benchmarks.measure.processes import Command, Failure, Run, run
from benchmarks.measure.rows import Row

MIB = 2**20


def python(code: str) -> Command:
    return Command(words=(sys.executable, "-S", "-c", code))


def ran(command: Command, folder: Path, timeout: float = 60) -> Run | Failure:
    return run(command, within=folder, output=folder / "out", timeout=timeout)


def test_a_run_is_measured_by_itself_whatever_the_memory_of_who_started_it(tmp_path: Path) -> None:
    ballast = bytearray(b"x" * 200 * MIB)

    small = ran(python("print('done')"), tmp_path)
    large = ran(python("bytearray(b'x' * 100 * 2**20)"), tmp_path)

    assert isinstance(small, Run)
    assert isinstance(large, Run)
    assert small.peak < 60 * MIB < len(ballast)
    assert large.peak > 100 * MIB


def test_what_a_run_writes_is_kept_and_told_apart(tmp_path: Path) -> None:
    one = ran(python("print('one')"), tmp_path)
    again = ran(python("print('one')"), tmp_path)
    other = ran(python("print('other')"), tmp_path)

    assert (tmp_path / "out").read_text() == "other\n"
    assert isinstance(one, Run)
    assert isinstance(again, Run)
    assert isinstance(other, Run)
    assert one.digest == again.digest != other.digest


def test_a_run_that_fails_is_no_measurement(tmp_path: Path) -> None:
    failed = ran(python("import sys; sys.exit('no such thing')"), tmp_path)
    absent = ran(Command(words=("no-such-program",)), tmp_path)

    assert failed == Failure(reason="exit status 1: no such thing")
    assert isinstance(absent, Failure)


def test_a_run_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    code = "import os, time; os.fork(); time.sleep(60)"

    assert ran(python(code), tmp_path, timeout=1) == Failure(reason="not finished within 1 s")


@pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="proportional shares are Linux's"
)
def test_memory_of_workers_is_added_and_what_they_share_is_counted_once(tmp_path: Path) -> None:
    shared = "shared = bytearray(b'x') * (60 * 2**20)"
    own = "own = bytearray(b'x') * (40 * 2**20)"
    code = f"import os, time; {shared}; os.fork(); {own}; time.sleep(0.5)"

    peak = peak_of_all(python(code), within=tmp_path, timeout=60)

    assert isinstance(peak, int)
    assert (60 + 2 * 40) * MIB < peak < (2 * 60 + 2 * 40) * MIB


def test_contenders_run_in_turn_and_one_that_fails_takes_no_further_part(tmp_path: Path) -> None:
    order: list[str] = []

    def contender(label: str, command: Command | Failure) -> Contender:
        def prepare() -> Path:
            order.append(label)
            return tmp_path

        return Contender(label=label, command=command, prepare=prepare)

    samples = interleaved(
        (
            contender("one", python("pass")),
            contender("other", python("pass")),
            contender("failing", python("raise SystemExit(3)")),
            contender("absent", Failure(reason="not there")),
        ),
        rounds=2,
        timeout=60,
        outputs=tmp_path / "outputs",
    )

    assert order == ["one", "other", "failing", "one", "other"]
    assert isinstance(samples["one"], Sample)
    assert len(samples["one"].runs) == 2
    assert samples["failing"] == Failure(reason="exit status 3: nothing was said")
    assert samples["absent"] == Failure(reason="not there")


def test_every_command_line_can_be_filled_in() -> None:
    places = {**programs(None), "cache": "/cache", "parsed": "/parsed.txt"}

    commands = [
        filled(template, places, ("acme", "django"), "--cache-dir --no-cache")
        for template in templates().values()
    ]

    assert all(isinstance(command, Command) for command in commands)
    assert not [
        word
        for command in commands
        if isinstance(command, Command)
        for word in command.words
        if "{" in word
    ]


def test_an_option_that_the_command_does_not_know_is_not_given() -> None:
    template = Template(
        run=("tool", "{packages}"),
        requires=("--cache-dir",),
        wishes=("--no-cache",),
        accepted=frozenset({0}),
    )

    assert filled(template, {}, ("a", "b"), "--cache-dir") == Command(words=("tool", "a", "b"))
    assert filled(template, {}, ("a",), "--no-cache") == Failure(
        reason="the command has no --cache-dir yet"
    )


def test_each_edit_changes_one_thing_of_a_generated_file() -> None:
    generated = application(1, 1)
    by_path = {module.path: rendered(module) for module in generated.modules}
    original = by_path[generated.edited]
    unparsed = by_path[str(Path(generated.edited).with_name("rules.py"))]

    body, line, export = (
        revision(original, 7) for revision in (other_body, another_line, other_export)
    )

    assert body == original.replace(b"    return 0\n", b"    return 7\n") != original
    assert export == original.replace(b"def revision()", b"def revision_7()") != original
    assert line.count(b"\n") == original.count(b"\n") + 1
    assert other_sum(unparsed, 7).count(b"    total = 7 + ") == 1
    for content in (body, line, export, other_sum(unparsed, 7)):
        compile(content, "edited", "exec")


def test_a_file_is_what_it_was_after_editing_and_untouched_without(tmp_path: Path) -> None:
    file = tmp_path / "sink.py"
    file.write_bytes(b"def one():\n    return 0\n")
    before = file.stat().st_mtime_ns

    with editing(file) as editor:
        editor.restore()
        untouched = file.stat().st_mtime_ns
        contents: list[bytes] = []
        for _ in range(2):
            editor.revise(other_body)
            contents.append(file.read_bytes())

    assert untouched == before
    assert contents == [b"def one():\n    return 1\n", b"def one():\n    return 2\n"]
    assert file.read_bytes() == b"def one():\n    return 0\n"


def test_a_checkout_has_the_same_contents_and_new_times(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "part").mkdir(parents=True)
    (tree / "part/a.py").write_text("a = 1\n")
    older = tree.stat().st_mtime_ns - 10**12

    copied = checked_out(tree, tmp_path / "copy")

    assert (copied / "part/a.py").read_text() == "a = 1\n"
    assert (copied / "part/a.py").stat().st_mtime_ns > older
    assert (copied / "part/a.py").stat().st_ino != (tree / "part/a.py").stat().st_ino


def test_agreement_counts_what_is_missing_and_what_is_too_much() -> None:
    assert agreement({"a", "b", "x"}, {"a", "b", "c", "d"}) == Agreement(
        recall=0.5, precision=2 / 3, missing=("c", "d"), extra=("x",)
    )


def test_a_figure_without_a_goal_is_neither_reached_nor_missed() -> None:
    assert Row(figure="", corpus="", goal=None, measured=2.0).is_reached is None


@pytest.mark.parametrize(
    ("measured", "at_least", "reached"),
    [
        (0.75, False, True),
        (0.76, False, False),
        (0.75, True, True),
        (0.74, True, False),
        (Failure(reason="not finished"), False, None),
    ],
)
def test_a_goal_is_reached_or_not_or_not_measured(
    measured: float | Failure, *, at_least: bool, reached: bool | None
) -> None:
    row = Row(figure="", corpus="", goal=0.75, measured=measured, at_least=at_least)

    assert row.is_reached is reached
