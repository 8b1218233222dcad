"""The libraries whose declarations are read: one module each."""

from infragraph.dialects.dialect import Dialect
from infragraph.dialects.sdk import SDK

ALL_DIALECTS: tuple[Dialect, ...] = (SDK,)
