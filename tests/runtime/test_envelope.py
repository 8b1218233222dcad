"""A message's metadata, whoever wrote it."""

from datetime import UTC, datetime

import pytest

from infragraph.runtime.envelope import headers, read

_NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2026-01-01T14:00:00+02:00", _NOW),
        ("2026-01-01T12:00:00", _NOW),
        ("yesterday", _NOW),
        ("0001-01-01T00:00:00+14:00", _NOW),
        ("9999-12-31T23:59:59-14:00", _NOW),
    ],
)
def test_whatever_a_foreign_time_is_the_message_can_be_sent_on(
    written: str, time: datetime
) -> None:
    arrived = read({"ce-time": written}, b"1", otherwise_id="1", otherwise_at=_NOW)

    assert arrived.published_at == time
    assert headers(arrived)["ce-time"] == "2026-01-01T12:00:00+00:00"
