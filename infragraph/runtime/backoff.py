"""How long a failed message waits before it comes again."""

from random import Random


def delay(attempt: int, *, least: float, most: float, random: Random) -> float:
    """Exponential with full jitter: anything from nothing up to `least` doubled at every attempt.

    `attempt` is the one that failed, 1 for the first; `most` caps the delay. Seconds.
    Full jitter spreads the retries of a burst best:
    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ (read 2026-11-25).
    """
    ceiling = min(most, least * 2.0 ** min(attempt - 1, 62))
    return random.uniform(0.0, ceiling)
