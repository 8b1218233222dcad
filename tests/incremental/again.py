"""Edits a tree as a test did: `python -m tests.incremental.again many --seed 1 --count 17`."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.incremental.command import Command
from tests.incremental.growing import TREES
from tests.incremental.sequence import Plan, run


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(TREES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    asked = parser.parse_args()
    plan = Plan(kind=asked.kind, seed=asked.seed, count=asked.count)
    with tempfile.TemporaryDirectory() as folder, Command() as command:
        found = run(command, plan, Path(folder), prelude="")
    sys.stdout.write(found.wrong or "\n".join((*found.edits, "no difference")))
    sys.stdout.write("\n")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
