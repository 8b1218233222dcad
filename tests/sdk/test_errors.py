"""Errors carry their status and their text."""

import pytest

from infragraph import (
    AlreadyExists,
    APIError,
    DeadlineExceeded,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    Reject,
    ResourceExhausted,
    RetryAfter,
    Unauthenticated,
    Unavailable,
)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InvalidArgument, 400),
        (Unauthenticated, 401),
        (PermissionDenied, 403),
        (NotFound, 404),
        (AlreadyExists, 409),
        (ResourceExhausted, 429),
        (Unavailable, 503),
        (DeadlineExceeded, 504),
    ],
)
def test_an_error_has_the_status_of_its_name(error: type[APIError], status: int) -> None:
    made = error("no user 7")

    assert isinstance(made, APIError)
    assert (made.status, str(made)) == (status, "no user 7")


def test_what_a_broker_is_told_is_not_an_api_error() -> None:
    reject, later = Reject("no address"), RetryAfter(1.5)

    assert not isinstance(reject, APIError)
    assert not isinstance(later, APIError)
    assert (reject.reason, str(reject)) == ("no address", "no address")
    assert (later.seconds, str(later)) == (1.5, "to be tried again after 1.5 s")
