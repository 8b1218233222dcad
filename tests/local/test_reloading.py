"""Which saves are seen."""

import asyncio
import os
import time
from contextlib import aclosing
from pathlib import Path

from infragraph.local.reloading import changes


async def test_what_was_saved_before_anyone_watched_comes_first(tmp_path: Path) -> None:
    for name in ("old.py", "new.py", "node_modules/of_others.py", ".infragraph/state.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    since = time.time() - 60
    os.utime(tmp_path / "old.py", (since - 1, since - 1))

    async with aclosing(changes(tmp_path, since)) as found, asyncio.timeout(20):
        assert await anext(found) == frozenset({tmp_path / "new.py"})
        for name in ("old.py", "new.py"):
            (tmp_path / ".infragraph" / name).write_text("")
            (tmp_path / name).write_text("# again")
            assert await anext(found) == frozenset({tmp_path / name})


async def test_saves_are_seen_where_none_was_missed(tmp_path: Path) -> None:
    async with aclosing(changes(tmp_path, time.time() + 60)) as found, asyncio.timeout(20):
        coming = asyncio.ensure_future(anext(found))
        await asyncio.sleep(0.5)
        (tmp_path / "a.py").write_text("")
        assert await coming == frozenset({tmp_path / "a.py"})
