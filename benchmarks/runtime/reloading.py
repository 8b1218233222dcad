"""How long a save takes to reach whoever asks."""

import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import httpx

from benchmarks.runtime.http import APPLICATION
from infragraph.local.children import start

_URL = re.compile(r"ready in .* at (http://127\.0\.0\.1:[0-9]+)")
_PORTS = ("--port", "0", "--dashboard-port", "0")
_SECONDS = 60.0
APART_SECONDS = 3.0
"""Between two saves: nobody saves while the last save is being taken in."""


async def reload_seconds(rounds: int) -> list[float]:
    """Of each save, until the answer is the new one."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "application"
        shutil.copytree(APPLICATION, root)
        source = root / "bench" / "api.py"
        text = (APPLICATION / "bench" / "api.py").read_text()
        news = Path(name) / "news"
        with news.open("wb") as output:
            child = await start(
                "run",
                [sys.executable, "-m", "infragraph", "run", str(root), *_PORTS],
                variables=_variables(Path(name)),
                output=output.fileno(),
            )
        try:
            url = await _url(news)
            return [await _saved(source, text, url, number) for number in range(rounds)]
        finally:
            await child.stop(10)


def _variables(folder: Path) -> Mapping[str, str]:
    """Compiled modules are kept, as they are unless a machine is told otherwise; not in ours."""
    variables = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    return variables


async def _saved(source: Path, text: str, url: str, number: int) -> float:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(APART_SECONDS)
    began = loop.time()
    path = f"/orders-{number}"
    await asyncio.to_thread(source.write_text, text.replace('"/orders"', f'"{path}"'))
    order: dict[str, object] = {"id": 1, "name": "", "tags": []}
    async with httpx.AsyncClient() as client:
        while loop.time() < began + _SECONDS:
            answer = await client.post(url + path, json=order)
            if answer.is_success:
                return loop.time() - began
            await asyncio.sleep(0.01)
    message = "the save did not arrive"
    raise TimeoutError(message)


async def _url(news: Path) -> str:
    loop = asyncio.get_running_loop()
    end = loop.time() + _SECONDS
    while loop.time() < end:
        match = _URL.search(await asyncio.to_thread(news.read_text))
        if match is not None:
            return match[1]
        await asyncio.sleep(0.05)
    message = "the run did not start"
    raise TimeoutError(message)
