"""How options write an amount of time or of bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import timedelta

Duration: TypeAlias = "str | timedelta"
"""A `timedelta`, or a number with `ms`, `s`, `m`, `h` or `d`: `"30s"`, `"24h"`."""

Size: TypeAlias = "str | int"
"""Bytes, or a number with `B`, `KiB`, `MiB` or `GiB`: `"2MiB"`."""
