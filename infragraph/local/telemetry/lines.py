"""What services print, as log records: our JSON lines, and whatever else there is."""

import json
import time
from datetime import datetime
from typing import Any, cast

from infragraph.local.telemetry.records import LogRecord

_OURS = ("time", "level", "message", "service", "trace_id", "span_id")
_LONGEST = 32768


def read_line(service: str, line: str) -> LogRecord:
    """One line of a service."""
    fields = _fields(line)
    return LogRecord(
        time_ns=_time(fields.get("time")),
        service=str(fields.get("service") or service),
        level=str(fields.get("level") or "info"),
        message=str(fields.get("message", line))[:_LONGEST],
        trace_id=_id(fields.get("trace_id")),
        span_id=_id(fields.get("span_id")),
        fields={
            name: value[:_LONGEST] if isinstance(value, str) else value
            for name, value in fields.items()
            if name not in _OURS
        },
    )


def _fields(line: str) -> dict[str, Any]:
    """Empty where the line is no JSON object with a message."""
    if not line.startswith("{"):
        return {}
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    fields = cast("dict[str, Any]", read)
    return fields if "message" in fields else {}


def _id(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _time(written: object) -> int:
    try:
        return int(datetime.fromisoformat(str(written)).timestamp() * 1e9)
    except ValueError:
        return time.time_ns()
