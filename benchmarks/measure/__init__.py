"""Runs programs side by side and tells how they compare."""
