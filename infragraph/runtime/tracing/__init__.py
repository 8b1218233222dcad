"""Traces: what led to what, across HTTP, publish, consume, SQL, cron and calls."""
