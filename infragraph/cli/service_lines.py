"""What services write, as people read it: our JSON lines as sentences, the rest as it is."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from infragraph.cli.lines import harmless
from infragraph.local.telemetry.lines import read_line
from infragraph.local.telemetry.records import LogRecord

_FRAME = re.compile(r'  File "(?P<path>[^"]+)", line [0-9]+')
_LIBRARIES = frozenset({"site-packages", "dist-packages", ".venv", "venv"})
_LIFECYCLE = "infragraph"
"""Our own logger: that a service listens or drains is what the run itself tells."""

_COLOURS = {"warning": "33", "error": "31", "critical": "31", "debug": "2"}


def shown(service: str, line: str, root: Path, *, is_coloured: bool) -> Sequence[str]:
    """The lines that stand for one line of a service; none where it says nothing new."""
    record = read_line(service, line)
    if record.message == line:
        return (harmless(line),)
    if record.fields.get("logger") == _LIFECYCLE and record.level == "info":
        return ()
    return tuple(_lines(record, root, is_coloured=is_coloured))


def _lines(record: LogRecord, root: Path, *, is_coloured: bool) -> Iterator[str]:
    time = datetime.fromtimestamp(record.time_ns / 1e9).astimezone().strftime("%H:%M:%S")
    entry = str(record.fields.get("entry") or "")
    told = [
        time,
        *([] if record.level == "info" else [f"{record.level}:"]),
        *([f"{entry}:"] if entry and not record.message.startswith(entry) else []),
    ]
    first, *rest = record.message.split("\n")
    yield _painted(harmless(" ".join([*told, first])), record.level, is_coloured=is_coloured)
    exception = str(record.fields.get("exception") or "")
    for line in [*rest, *(_own_frames(exception, root) if exception else ())]:
        yield f"  {harmless(line)}"


def _own_frames(exception: str, root: Path) -> Sequence[str]:
    """A traceback's frames in the application; all of them where none is."""
    lines = exception.split("\n")
    kept: list[str] = []
    is_ours = is_kept = False
    for line in lines:
        frame = _FRAME.match(line)
        if frame is not None:
            is_ours = _is_below(Path(frame["path"]), root)
            is_kept |= is_ours
        elif not line.startswith("    "):
            is_ours = True
        if is_ours:
            kept.append(line.replace(f'"{root}/', '"', 1) if frame else line)
    return kept if is_kept else lines


def _is_below(path: Path, root: Path) -> bool:
    return path.is_relative_to(root) and not _LIBRARIES & set(path.relative_to(root).parts)


def _painted(text: str, level: str, *, is_coloured: bool) -> str:
    colour = _COLOURS.get(level)
    return f"\x1b[{colour}m{text}\x1b[0m" if is_coloured and colour else text
