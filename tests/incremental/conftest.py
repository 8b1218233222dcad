"""What the tests of this folder share: one process that all runs are forked from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.incremental.command import Command
from tests.incremental.kept import Kept


@pytest.fixture(scope="session")
def command() -> Iterator[Command]:
    with Command() as running:
        yield running


@pytest.fixture
def kept(command: Command, tmp_path: Path) -> Kept:
    """A tree that has been analyzed once."""
    return Kept(command, tmp_path)
