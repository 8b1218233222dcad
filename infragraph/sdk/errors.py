"""The errors that handlers raise: to a caller, with an HTTP status, or to a broker."""

from __future__ import annotations

from typing import ClassVar


class APIError(Exception):
    """An error that an endpoint means its caller to see.

    The one who calls the endpoint catches the same class with the same text, in the same process or
    from another service; over HTTP it becomes `status`. Raise one of the subclasses, catch this one
    to catch them all. Anything else that a handler raises is a 500, and its text stays inside.

        try:
            user = await get_user(id)
        except APIError as error:
            log.warning("user service said %s (%d)", error, error.status)
    """

    status: ClassVar[int] = 500
    """The HTTP status."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)


class InvalidArgument(APIError):
    """The request can never succeed as it is: HTTP 400.

    raise InvalidArgument("the plan must be one of free, pro, enterprise")
    """

    status = 400


class Unauthenticated(APIError):
    """It is not known who is calling: HTTP 401. What an auth handler raises.

    raise Unauthenticated("the token has expired")
    """

    status = 401


class PermissionDenied(APIError):
    """It is known who is calling, and that they may not: HTTP 403.

    raise PermissionDenied("only the owner may delete a project")
    """

    status = 403


class NotFound(APIError):
    """What was asked for does not exist: HTTP 404.

    raise NotFound(f"no project {project_id}")
    """

    status = 404


class AlreadyExists(APIError):
    """What was to be created exists: HTTP 409.

    raise AlreadyExists(f"{email} has signed up before")
    """

    status = 409


class ResourceExhausted(APIError):
    """A quota or a rate is used up: HTTP 429.

    raise ResourceExhausted("the free plan allows 3 projects")
    """

    status = 429


class Unavailable(APIError):
    """It cannot be done at the moment, and may be tried again: HTTP 503.

    raise Unavailable("the payment provider does not answer")
    """

    status = 503


class DeadlineExceeded(APIError):
    """It took longer than the caller was willing to wait: HTTP 504.

    raise DeadlineExceeded("the report took more than 30 s")
    """

    status = 504


class Reject(Exception):
    """Send the message to the dead letters at once: no attempt can ever handle it.

    For the handler of a subscription.

        @emails.subscribe(signups, "send-welcome-email")
        async def send_welcome_email(user: User) -> None:
            if "@" not in user.email:
                raise Reject("the address has no @")
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RetryAfter(Exception):
    """Fail this attempt, and let the next one come after `seconds` instead of the usual backoff.

    For the handler of a subscription. The attempt counts.

        raise RetryAfter(60)
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"to be tried again after {seconds:g} s")
        self.seconds = seconds
