"""Generations into a file system of 1 MB that is filled more and more: `without_space.py FOLDER`.

It runs in a mount namespace of its own, in which it may mount; whatever it finds is printed.
"""

import errno
import subprocess
import sys
from pathlib import Path

from tests.workspace.aftermath import DURING, NEXT, faults, mended, prepare
from tests.workspace.interrupted import generate

FILLINGS = 24
_SIZE = 1 << 20
_PAGE = 4096


def main(mount: Path) -> int:
    full = 0
    wrong: list[str] = []
    for number in range(FILLINGS):
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(mount)],  # noqa: S607
            check=True,
        )
        try:
            full += _filled(mount, number * _PAGE, wrong)
        finally:
            subprocess.run(["umount", str(mount)], check=True)  # noqa: S607
    for line in wrong:
        print(line)  # noqa: T201 - what the test reads
    print(f"{FILLINGS} fillings, {full} without space, {len(wrong)} faults")  # noqa: T201
    return 1 if wrong else 0


def _filled(mount: Path, left: int, wrong: list[str]) -> bool:
    """Whether a generation with `left` bytes to spare ran out of them."""
    folder, filler = mount / "deploy", mount / "filler"
    prepare(folder)
    _fill(filler, left)
    is_full = False
    try:
        generate(folder, DURING)
    except OSError as error:
        is_full = error.errno == errno.ENOSPC
    wrong += [f"{left} left: {fault}" for fault in faults(folder)]
    filler.unlink()
    wrong += [f"{left} left, then space: {fault}" for fault in mended(folder, NEXT)]
    return is_full


def _fill(path: Path, left: int) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(_PAGE))
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017 - it is what is waited for
        file.truncate(max(0, file.tell() - left))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
