"""Where records are kept: files and objects that are only ever added to."""

import asyncio
import json
from collections.abc import AsyncIterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infragraph.runtime.auditing.folder import FolderLog
from infragraph.runtime.auditing.objects import ObjectLog
from infragraph.runtime.auditing.records import AuditError, Record, line

TIME = datetime(2026, 11, 25, 23, 59, 59, tzinfo=UTC)


def record(number: int, time: datetime = TIME, body: bytes = b"{}") -> Record:
    return Record(
        time=time,
        act="published",
        topic="topic:placed",
        message=str(number),
        service="service:orders",
        entry=None,
        body=body,
    )


class Store:
    """Keeps what is uploaded; each upload takes a while, and the first `faults` fail."""

    def __init__(self, faults: int = 0) -> None:
        self.objects: dict[str, bytes] = {}
        self.faults = faults

    async def upload(
        self, key: str, data: bytes | AsyncIterable[bytes], content_type: str | None
    ) -> None:
        assert content_type == "application/x-ndjson"
        await asyncio.sleep(0.01)
        if self.faults:
            self.faults -= 1
            message = "the store is away"
            raise ConnectionError(message)
        assert key not in self.objects
        assert isinstance(data, bytes)
        self.objects[key] = data

    def messages(self) -> list[list[str]]:
        """The ids in each object, by key."""
        return [
            [json.loads(text)["message"] for text in data.splitlines()]
            for _, data in sorted(self.objects.items())
        ]


def test_a_line_says_what_is_known_and_keeps_any_body() -> None:
    assert json.loads(line(record(1, body=b'{"name": "tea"}'))) == {
        "time": "2026-11-25T23:59:59+00:00",
        "act": "published",
        "topic": "topic:placed",
        "message": "1",
        "service": "service:orders",
        "body": '{"name": "tea"}',
    }
    assert json.loads(line(record(1, body=b"\xff")))["body_base64"] == "/w=="
    assert line(record(1, body=b"two\nlines")).count(b"\n") == 1


async def test_a_day_has_its_file_and_keeps_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    await FolderLog(folder).append([record(1), record(2, TIME + timedelta(seconds=1))])
    await FolderLog(folder).append([record(3)])

    assert {
        path.name: [json.loads(text)["message"] for text in path.read_text().splitlines()]
        for path in folder.iterdir()
    } == {"2026-11-25.jsonl": ["1", "3"], "2026-11-26.jsonl": ["2"]}
    assert (folder / "2026-11-25.jsonl").stat().st_mode & 0o777 == 0o600


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("")
    with pytest.raises(AuditError, match="cannot be written"):
        await FolderLog(tmp_path / "audit").append([record(1)])


async def test_records_are_objects_by_date_that_share_what_waits() -> None:
    store = Store()
    log = ObjectLog(store, "kiosk/")

    await asyncio.gather(*(log.append([record(number)]) for number in range(50)))

    assert sorted(it for messages in store.messages() for it in messages) == sorted(
        str(it) for it in range(50)
    )
    assert len(store.objects) == 2
    assert all(key.startswith("kiosk/2026/11/25/235959.000000-") for key in store.objects)


async def test_an_object_does_not_grow_without_end() -> None:
    store = Store()
    log = ObjectLog(store, "")

    await asyncio.gather(*(log.append([record(it) for it in range(400)]) for _ in range(6)))

    assert [len(it) for it in store.messages()].count(800) == 2
    assert sum(len(it) for it in store.messages()) == 2400
    assert max(len(it) for it in store.messages()) <= 1000


async def test_whoever_appends_is_told_that_it_is_not_kept() -> None:
    store = Store(faults=1)
    log = ObjectLog(store, "")

    told = await asyncio.gather(
        *(log.append([record(number)]) for number in range(3)), return_exceptions=True
    )

    assert [str(it) if it else None for it in told] == [
        "the audit record is not kept: the store is away",
        None,
        None,
    ]
    assert store.messages() == [["1", "2"]]


async def test_one_who_stops_waiting_leaves_the_others_their_turn() -> None:
    store = Store()
    log = ObjectLog(store, "")
    tasks = [asyncio.create_task(log.append([record(number)])) for number in range(3)]
    await asyncio.sleep(0.001)

    tasks[0].cancel()
    told = await asyncio.gather(*tasks, return_exceptions=True)

    assert [type(it) for it in told] == [asyncio.CancelledError, type(None), type(None)]
    assert {it for messages in store.messages() for it in messages} >= {"1", "2"}
