"""`analyze` as it is mostly asked for, without the command line's library.

What is asked for otherwise, or wrongly, is left to that: it says what is wrong.
"""

import os
import sys
from typing import TYPE_CHECKING

from infragraph.cli.asked import FORMATS, TARGET_NAMES, Asked, asked
from infragraph.cli.exits import Exit, describe, report_bug, stop

if TYPE_CHECKING:
    from infragraph.cli.request import Request

_INTERRUPTED = 130


def analyze(arguments: list[str]) -> int | None:
    """Run the command and give its exit code; None where that is not for here."""
    wanted = asked(arguments)
    if wanted is None or not _is_plain(wanted):
        return None
    try:
        return run_once(_request(wanted))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whatever is flushed at exit would fail again.
        for stream in (sys.stdout, sys.stderr):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return 1
    except OSError as error:
        stop(describe(error))
    except Exception as error:  # noqa: BLE001 - the top: a bug is told apart from a finding
        report_bug(error)
        return Exit.BUG


def run_once(request: "Request") -> int:
    from infragraph.cli.collector import leave, paused  # noqa: PLC0415 - `--help` needs none of it

    with paused():
        from infragraph.cli.analysis import run  # noqa: PLC0415
        from infragraph.usecases.compiling import compile_application  # noqa: PLC0415

        code = run(request, compile_application)
        leave()
    return code


def _is_plain(wanted: Asked) -> bool:
    """Whether every word is one that its option takes."""
    return set(wanted.values("--format")) <= set(FORMATS) and set(wanted.values("--target")) <= set(
        TARGET_NAMES
    )


def _request(wanted: Asked) -> "Request":
    from infragraph.cli.request import Request  # noqa: PLC0415

    return Request(
        path=wanted.path,
        form=wanted.form,
        output=wanted.output,
        is_strict="--strict" in wanted.options,
        select=wanted.values("--select"),
        ignore=wanted.values("--ignore"),
        targets=wanted.values("--target"),
        python=wanted.last("--python"),
        application=wanted.last("--app"),
        is_cached=wanted.is_cached,
        cache_dir=wanted.cache_dir,
        jobs=wanted.jobs,
        has_timings=wanted.has_timings,
    )
