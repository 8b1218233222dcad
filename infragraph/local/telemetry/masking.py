"""Secrets are taken out of what a run keeps or shows, before it does."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from infragraph.local.telemetry.records import LogRecord, SpanRecord

MASK = "••••••"

SHORTEST = 6
"""Values that are shorter are found everywhere: masking them would leave nothing to read."""

_NAMES = re.compile(
    r"(?:^|[^a-z0-9])(?:authorization|cookies?|passwords?|passwd|pwd|secrets?|tokens?"
    r"|api[^a-z0-9]?keys?|(?:private|signing|access|session|encryption)[^a-z0-9]?keys?"
    r"|credentials?)(?:$|[^a-z0-9])",
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

# A pattern's groups stay; what follows them goes.
_PATTERNS = (
    re.compile(r"(?i)(\b(?:bearer|basic)\s+)[a-z0-9+/=_.~-]{8,}"),
    re.compile(r"()\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*"),
    re.compile(r"()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    re.compile(r"()\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[\w-]{20,})"),
    re.compile(r"()\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,}"),
    re.compile(r"()\bsk-[A-Za-z0-9_-]{20,}"),
    re.compile(r"()\bxox[abeprs]-[A-Za-z0-9-]{10,}"),
    re.compile(r"()\bAIza[A-Za-z0-9_-]{35}"),
    re.compile(r"()\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"),
    re.compile(r"()\bnpm_[A-Za-z0-9]{36}"),
    re.compile(r"()\bpypi-[A-Za-z0-9_-]{32,}"),
    re.compile(
        r"()-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)", re.DOTALL
    ),
    re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s/:@]*:)[^\s/@]+(?=@)"),
    re.compile(
        r"(?i)(\b[a-z0-9_-]*(?:password|passwd|pwd|secret|token|api_?key|access_?key|private_?key)"
        r"[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;}]{4,}"
    ),
)


class Masks:
    """`values` are the secrets that the run knows: those of the application, and its own."""

    def __init__(self, values: Iterable[str]) -> None:
        self._values = frozenset[str]()
        self._known: re.Pattern[str] | None = None
        self.learn(values)

    def learn(self, values: Iterable[str]) -> None:
        """More of them; those from before stay, since what was written with them may still come."""
        self._values |= {it for it in values if len(it) >= SHORTEST}
        known = sorted(self._values, key=lambda it: (-len(it), it))
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def text(self, text: str) -> str:
        if self._known is not None:
            text = self._known.sub(MASK, text)
        for pattern in _PATTERNS:
            text = pattern.sub(rf"\1{MASK}", text)
        return text

    def value(self, value: Any) -> Any:
        """Any JSON; what is called like a secret is masked whatever it looks like."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            written = cast("Mapping[str, Any]", value)
            return {
                self.text(str(name)): MASK
                if is_secret_name(str(name)) and isinstance(it, str | int | float | bytes)
                else self.value(it)
                for name, it in written.items()
            }
        if isinstance(value, Sequence) and not isinstance(value, bytes):
            return [self.value(it) for it in cast("Sequence[object]", value)]
        return value

    def span(self, span: SpanRecord) -> SpanRecord:
        return replace(
            span,
            name=self.text(span.name),
            message=self.text(span.message),
            attributes=self.value(span.attributes),
            events=self.value(span.events),
        )

    def log(self, log: LogRecord) -> LogRecord:
        return replace(log, message=self.text(log.message), fields=self.value(log.fields))


def is_secret_name(name: str) -> bool:
    """Whether what is called so is kept to itself: `dbPassword`, `x-api-key`, `SESSION_KEY`."""
    return _NAMES.search(_CAMEL.sub("_", name).lower()) is not None
