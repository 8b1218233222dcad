"""Findings as values: what is wrong, where, why it matters and what to do."""
