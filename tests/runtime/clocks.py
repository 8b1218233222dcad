"""A clock that a test moves."""

from infragraph.testing.clock import ManualClock, settle

__all__ = ["ManualClock", "settle"]
