"""A cache that was damaged is no answer, and nothing to fail of."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.incremental.command import Command, Outcome
from tests.incremental.kept import Kept

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forked"),
    pytest.mark.slow,
]

REGIONS = 16
Damage = Callable[[Path], None]


def flipped(part: int) -> Damage:
    """One byte in each of so many regions, the head of the file among them, is another."""

    def damage(file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[len(content) * part // REGIONS] ^= 0x5A
        file.write_bytes(content)

    return damage


def overwritten(part: int) -> Damage:
    def damage(file: Path) -> None:
        content = file.read_bytes()
        size = len(content) // REGIONS
        start = size * part
        file.write_bytes(content[:start] + b"\xff" * size + content[start + size :])

    return damage


def truncated(tenths: int) -> Damage:
    return lambda file: os.truncate(file, file.stat().st_size * tenths // 10)


def lengthened(file: Path) -> None:
    file.write_bytes(file.read_bytes() * 2)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_pipe(file: Path) -> None:
    """Whoever opens it waits for somebody who writes into it."""
    file.unlink()
    os.mkfifo(file)


def endless(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def a_loop(file: Path) -> None:
    file.unlink()
    file.symlink_to(file)


def unreadable(file: Path) -> None:
    file.chmod(0)


def _damages() -> Iterator[tuple[str, Damage]]:
    yield from ((f"flipped {part}", flipped(part)) for part in range(REGIONS))
    yield from ((f"overwritten {part}", overwritten(part)) for part in range(0, REGIONS, 3))
    yield from ((f"truncated to {tenths}/10", truncated(tenths)) for tenths in range(10))
    named = (lengthened, a_folder, a_pipe, endless, a_loop, unreadable)
    yield from ((damage.__name__, damage) for damage in named)


DAMAGES = dict(_damages())


@pytest.fixture(scope="module")
def shop(command: Command, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """One for all damages; each begins with the whole cache."""
    kept = Kept(command, tmp_path_factory.mktemp("shop"))
    kept.store(kept.cache.with_name("whole"))
    return kept


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_cache_does_not_show(shop: Kept, name: str) -> None:
    shop.restore(shop.cache.with_name("whole"))
    for file in shop.files():
        DAMAGES[name](file)

    assert shop.run() == shop.expected


def test_a_damaged_cache_does_not_show_after_an_edit(kept: Kept) -> None:
    """Then what is kept of single files is looked for, not of the whole."""
    kept.store(kept.cache.with_name("whole"))
    kept.edit()
    expected = kept.cold()
    assert expected != kept.expected

    shown: dict[str, Outcome] = {}
    for name, damage in DAMAGES.items():
        kept.restore(kept.cache.with_name("whole"))
        for file in kept.files():
            damage(file)
        shown[name] = kept.run()

    assert [name for name, outcome in shown.items() if outcome != expected] == []


def test_a_run_mends_a_damaged_cache(kept: Kept) -> None:
    for file in kept.files():
        flipped(REGIONS // 2)(file)
    assert not kept.is_known()

    kept.run()

    assert kept.is_known()
    assert kept.run() == kept.expected
