"""Something asynchronous, in a thread of its own: the browser's driver has the test's."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any, TypeVar

Entered = TypeVar("Entered")


@contextmanager
def beside(make: Callable[[], AbstractAsyncContextManager[Entered]]) -> Generator[Entered]:
    """A block in which an asynchronous one runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def run(coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(60)

    entered = make()
    try:
        yield run(entered.__aenter__())
        run(entered.__aexit__(None, None, None))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def done_beside(coroutine: Coroutine[Any, Any, Entered]) -> Entered:
    """What a coroutine gives, run to its end."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result(60)
