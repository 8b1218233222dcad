"""Times and places may change as they like: only contents show."""

import os
import shutil
import time

import pytest

from tests.incremental.command import Outcome
from tests.incremental.kept import Kept

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forked"),
    pytest.mark.slow,
]

CLOCK = "import time\nnow = time.time_ns\ntime.time_ns = lambda: now() + {seconds} * 10**9\n"
YEAR = 365 * 24 * 3600


def test_a_moved_checkout_is_known(kept: Kept) -> None:
    target = kept.root.parents[1] / "elsewhere" / kept.root.name
    target.parent.mkdir()
    kept.root = kept.root.rename(target)

    assert kept.is_known()
    assert kept.run() == kept.expected


def test_a_fresh_copy_with_new_times_is_known(kept: Kept) -> None:
    target = kept.root.parents[1] / "copy" / kept.root.name
    kept.root = shutil.copytree(kept.root, target, copy_function=shutil.copyfile)

    assert kept.is_known()
    assert kept.run() == kept.expected


def test_a_copied_cache_is_known(kept: Kept) -> None:
    kept.store(kept.cache.with_name("other"))
    kept.cache = kept.cache.with_name("other")

    assert kept.is_known()
    assert kept.run() == kept.expected


@pytest.mark.parametrize("seconds", [10 * YEAR, 3600, 0, -3600, -10 * YEAR])
def test_other_times_of_the_same_contents_are_known(kept: Kept, seconds: int) -> None:
    kept.age(seconds)

    assert kept.is_known()
    assert kept.run() == kept.expected


@pytest.mark.parametrize("seconds", [10 * YEAR, 0, -10 * YEAR])
def test_another_content_shows_whatever_its_times_say(kept: Kept, seconds: int) -> None:
    kept.edit()
    kept.age(seconds)

    found = kept.run()

    assert found == kept.cold() != kept.expected


@pytest.mark.parametrize("seconds", [YEAR, -YEAR])
def test_a_clock_that_was_wrong_hides_no_change(kept: Kept, seconds: int) -> None:
    """Of the same size, and with the time that it had when it was read."""
    file = kept.root / "shop/orders/events.py"
    file.write_bytes(file.read_bytes())
    kept.run(CLOCK.format(seconds=seconds))
    times = file.stat()
    file.write_bytes(file.read_bytes().replace(b'"orders', b'"barter'))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))

    found = kept.run()

    assert found == kept.cold() != kept.expected


def test_two_states_in_turn_are_each_told_as_they_are(kept: Kept) -> None:
    """As where branches are checked out in turn."""
    file = kept.root / "shop/orders/events.py"
    first = file.read_bytes()
    kept.edit()
    other, expected = file.read_bytes(), kept.cold()

    shown: list[Outcome] = []
    for content in (other, first, other, first):
        file.write_bytes(content)
        shown.append(kept.run())

    assert shown == [expected, kept.expected, expected, kept.expected]


def test_two_checkouts_with_one_cache_are_each_told_as_they_are(kept: Kept) -> None:
    """As on a server that restores one cache for all branches."""
    other = Kept(kept.command, kept.root.parents[1] / "second")
    other.edit()
    other.cache = kept.cache

    assert other.run() == other.cold() != kept.expected
    assert kept.run() == kept.expected


def test_a_file_that_appears_while_the_tree_is_read_shows_in_the_next_run(kept: Kept) -> None:
    """Its folder has been listed, and has the time of the new file already when it is noted."""
    kept.cache = kept.cache.with_name("fresh")
    new = kept.root / "shop/orders/late.py"
    text = 'from infragraph import Topic\n\nlate = Topic[str]("late")\n'
    appearing = (
        "import os\n"
        "opened = os.open\n"
        "def open_later(path, *rest, **named):\n"
        f"    if str(path).endswith('orders/api.py') and not os.path.exists({str(new)!r}):\n"
        f"        descriptor = opened({str(new)!r}, os.O_WRONLY | os.O_CREAT)\n"
        f"        os.write(descriptor, {text.encode()!r})\n"
        "        os.close(descriptor)\n"
        "    return opened(path, *rest, **named)\n"
        "os.open = open_later\n"
    )
    before = kept.run(appearing)
    assert new.exists()
    then = time.time() - 60
    os.utime(new, (then, then))

    found = kept.run()

    assert '"topic:late"' in found.output
    assert found == kept.cold() != before


def test_a_file_that_changes_while_it_is_read_shows_in_the_next_run(kept: Kept) -> None:
    """It is replaced by one that looks old, after its content has been taken."""
    kept.edit()
    file = kept.root / "shop/orders/events.py"
    new = kept.root.parent / "new.py"
    new.write_bytes(file.read_bytes().replace(b'"sales', b'"barter'))
    then = time.time() - 60
    os.utime(new, (then, then))
    replacing = (
        "import os\n"
        "closed, opened, ours = os.close, os.open, set()\n"
        "def open_noted(path, *rest, **named):\n"
        "    descriptor = opened(path, *rest, **named)\n"
        "    if str(path).endswith('orders/events.py'):\n"
        "        ours.add(descriptor)\n"
        "    return descriptor\n"
        "def close_and_replace(descriptor):\n"
        "    closed(descriptor)\n"
        f"    if descriptor in ours and os.path.exists({str(new)!r}):\n"
        f"        os.replace({str(new)!r}, {str(file)!r})\n"
        "os.open, os.close = open_noted, close_and_replace\n"
    )
    kept.run(replacing)
    assert not new.exists()

    found = kept.run()

    assert found == kept.cold()
    assert '"topic:barter' in found.output


def test_a_link_that_becomes_a_file_is_a_change(kept: Kept) -> None:
    """It has the name that the link had, and looks old."""
    new = kept.root / "shop/orders/late.py"
    new.symlink_to("nowhere.py")
    before = kept.run()
    new.unlink()
    new.write_text('from infragraph import Topic\n\nlate = Topic[str]("late")\n')
    kept.age(60)

    found = kept.run()

    assert found == kept.cold() != before


def test_a_file_that_becomes_a_link_to_the_same_content_is_a_change(kept: Kept) -> None:
    file = kept.root / "shop/orders/events.py"
    target = kept.root.parent / "events.py"
    file.rename(target)
    file.symlink_to(target)

    found = kept.run()

    assert found == kept.cold() != kept.expected


def test_a_link_that_leads_elsewhere_is_a_change(kept: Kept) -> None:
    """To a folder that is read under its own name, and then to one that is not."""
    link = kept.root / "linked"
    link.symlink_to("shop/orders")
    before = kept.run()
    link.unlink()
    link.symlink_to("/")

    found = kept.run()

    assert found == kept.cold() != before


def test_a_link_whose_folder_goes_is_a_change(kept: Kept) -> None:
    outside = kept.root.parent / "outside"
    outside.mkdir()
    (kept.root / "elsewhere").symlink_to(outside)
    kept.age(60)
    before = kept.run()
    outside.rmdir()

    assert kept.run() == kept.cold() != before
