"""Structured logs: a JSON object a line, with the trace and the service that it belongs to."""

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO

from infragraph.runtime.context import at_work

TraceIds = Callable[[], tuple[str, str] | None]
"""The ids of the trace and the span at work, None where nothing is traced."""


class JsonLines(logging.Formatter):
    """Secrets never reach a log: nothing of ours logs payloads, headers or settings."""

    def __init__(self, trace_ids: TraceIds) -> None:
        super().__init__()
        self._trace_ids = trace_ids

    def format(self, record: logging.LogRecord) -> str:
        running = at_work()
        traced = self._trace_ids()
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if running is not None:
            line["service"] = running.service
            if running.entry is not None:
                line["entry"] = running.entry
        if traced is not None:
            line["trace_id"], line["span_id"] = traced
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def log_to(stream: TextIO = sys.stderr, trace_ids: TraceIds = lambda: None) -> None:
    """All logs of the process, those of the application included, go to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines(trace_ids))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    if root.level in (logging.NOTSET, logging.WARNING):
        root.setLevel(logging.INFO)
    # What is asked of a service is in its traces; a line for each request would be the same again.
    for chatty in ("botocore", "httpx", "uvicorn.error"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
