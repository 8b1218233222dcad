"""A client of the run's own services."""

import httpx


def local_client() -> httpx.AsyncClient:
    """It waits as long as they take, and for as many at a time; no proxy is between."""
    return httpx.AsyncClient(
        timeout=None,  # noqa: S113 - services have deadlines of their own
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=100),
        trust_env=False,
    )
