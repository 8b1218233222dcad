"""Records in a folder: a file of JSON lines a day, shared by all processes of a machine."""

import asyncio
import os
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from infragraph.runtime.auditing.records import AuditError, Record, line


class FolderLog:
    """Each write adds whole lines at the end of a file, also where several processes write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def append(self, records: Iterable[Record]) -> None:
        by_day = [
            (day, b"".join(line(it) for it in group))
            for day, group in groupby(records, lambda it: f"{it.time:%Y-%m-%d}")
        ]
        try:
            await asyncio.to_thread(self._write, by_day)
        except OSError as error:
            message = f"the audit record in {self._folder} cannot be written: {error.strerror}"
            raise AuditError(message) from error

    def _write(self, by_day: Iterable[tuple[str, bytes]]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for day, text in by_day:
            # One write at the end of the file: what two processes write does not mix.
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            descriptor = os.open(self._folder / f"{day}.jsonl", flags, 0o600)
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                written = file.write(text)
                if written != len(text):
                    raise OSError(28, "the file took only a part")
