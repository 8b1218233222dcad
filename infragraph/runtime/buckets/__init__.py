"""Buckets: where objects lie, by provider."""
