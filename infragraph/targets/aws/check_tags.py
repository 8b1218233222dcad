"""Tags that AWS does not take, or that would be taken for ours."""

from collections.abc import Iterator
from unicodedata import category

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.targets.aws.problems import TAG_NOT_TAKEN
from infragraph.targets.aws.shared import Setting

_MOST = 46
"""Beside the four that a thing may have of us: 50 are what a resource has,
https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/allocation-tag-restrictions.html,
2026-11-25."""

_ALLOWED = frozenset("_.:/=+-@")
_RESERVED = "aws:"


def tags_not_taken(setting: Setting) -> Iterator[Diagnostic]:
    environment = setting.environment
    for number, (key, value) in enumerate(environment.tags.items(), start=1):
        fault = _fault(key, value)
        if fault is None and number > _MOST:
            fault = f"it is one of {len(environment.tags)}", f"leave {_MOST} of them"
        if fault is not None:
            reason, cure = fault
            yield TAG_NOT_TAKEN.at(
                environment.place("tags", key),
                key=key,
                environment=environment.name,
                reason=reason,
                cure=cure,
            )


def _fault(key: str, value: str) -> tuple[str, str] | None:
    """Why a tag is not taken, and what to do; the form of keys is the configuration's to check."""
    if key.lower().startswith(_RESERVED) or value.lower().startswith(_RESERVED):
        return f"{_RESERVED!r} is the beginning of AWS's own", "choose another beginning"
    if key.startswith("infragraph:"):
        return "its key is one of ours", "choose a key with another beginning"
    if not all(it in _ALLOWED or category(it)[0] in "LNZ" for it in value):
        cure = "write the value with letters, digits, spaces and _.:/=+-@"
        return f"its value is {value!r}", cure
    return None
