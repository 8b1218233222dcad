"""Secrets: where their values come from, by provider."""
