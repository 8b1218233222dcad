"""Runs one command and prints its wall time, processor time, peak memory and exit status.

A process of its own, and a small one: until it executes another program, a child counts the memory
of the process that forked it as its own, so a large parent would hide small children.
"""

import os
import sys
import time


def main() -> None:
    output, errors, *command = sys.argv[1:]
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        _become(command, output, errors)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - started
    processor = usage.ru_utime + usage.ru_stime
    code = os.waitstatus_to_exitcode(status)
    print(f"{wall:.6f} {processor:.6f} {usage.ru_maxrss * _UNIT} {code}")


_UNIT = 1 if sys.platform == "darwin" else 1024


def _become(command: list[str], output: str, errors: str) -> None:
    for descriptor, path in ((1, output), (2, errors)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(file, descriptor)
        os.close(file)
    try:
        os.execvp(command[0], command)  # noqa: S606 - the command is data of the benchmark
    finally:
        os._exit(127)


if __name__ == "__main__":
    main()
