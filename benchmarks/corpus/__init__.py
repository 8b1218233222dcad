"""Synthetic applications that know their own graph, mixed into real third-party source."""
