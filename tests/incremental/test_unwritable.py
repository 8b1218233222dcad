"""A cache that cannot be made is no reason to fail."""

import os
from pathlib import Path

import pytest

from tests.incremental.kept import Kept

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forked"),
    pytest.mark.slow,
]


@pytest.mark.parametrize(
    "place",
    ["/dev/null/cache", "/proc/nowhere/cache", "n" * 300, "a file", "a file/below", "dangling"],
)
def test_a_cache_that_cannot_be_made_is_no_reason_to_fail(
    kept: Kept, place: str, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("somebody's\n")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere" / "at all")
    kept.cache = tmp_path / place

    assert kept.run() == kept.expected
    assert kept.run() == kept.expected
    assert (tmp_path / "a file").read_text() == "somebody's\n"


def test_without_a_home_nothing_is_kept(kept: Kept) -> None:
    homeless = (
        "import os\n"
        "for name in ('INFRAGRAPH_CACHE_DIR', 'XDG_CACHE_HOME', 'HOME'):\n"
        "    os.environ.pop(name, None)\n"
    )
    before = sorted(path.name for path in kept.root.parent.rglob("*"))

    assert kept.run(homeless) == kept.expected
    assert sorted(path.name for path in kept.root.parent.rglob("*")) == before
