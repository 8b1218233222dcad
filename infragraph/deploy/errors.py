"""Why a deployment does not go on."""

from typing import NoReturn


class DeploymentError(Exception):
    """A refusal, or something that failed; `advice` are the next steps, each with its command."""

    def __init__(self, reason: str, *advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


class UnusableError(DeploymentError):
    """The command line, the credentials or the account is at fault, not what is deployed."""


def refuse(reason: str, *advice: str) -> NoReturn:
    raise DeploymentError(reason, *advice)


def refuse_use(reason: str, *advice: str) -> NoReturn:
    raise UnusableError(reason, *advice)
