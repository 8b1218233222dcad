"""What to do about a stack that cannot be deployed to as it is."""

from collections.abc import Mapping

from infragraph.deploy.aws.stacks import Stack
from infragraph.deploy.errors import refuse

_USABLE = frozenset(
    {
        "CREATE_COMPLETE",
        "UPDATE_COMPLETE",
        "UPDATE_ROLLBACK_COMPLETE",
        "IMPORT_COMPLETE",
        "IMPORT_ROLLBACK_COMPLETE",
        # A change set made it that nobody carried out: another one goes on from there.
        "REVIEW_IN_PROGRESS",
    }
)


def demand_usable(stack: Stack | None, region: str) -> None:
    """Ends the deployment where CloudFormation would refuse it, with what is to be done first."""
    if stack is None or stack.status in _USABLE:
        return
    refuse(
        f"the stack {stack.name!r} is in {stack.status}, from which it cannot be deployed"
        + (f": {stack.reason}" if stack.reason else ""),
        *advice(stack.status, stack.name, region),
    )


def advice(status: str, stack: str, region: str) -> tuple[str, ...]:
    """The next steps from a status, each a sentence with the command that it is about."""
    going_on = _GOING_ON if status.endswith("_IN_PROGRESS") else (_LOOK,)
    lines = _ADVICE.get(status, going_on)
    return tuple(line.format(here=f"--stack-name {stack} --region {region}") for line in lines)


_LOOK = "see what failed: aws cloudformation describe-stack-events {here}"
_NEVER_WHOLE = (
    _LOOK,
    "the stack was never whole, so that nothing of it is in use",
    (
        "where it is protected, first: aws cloudformation update-termination-protection"
        " --no-enable-termination-protection {here}"
    ),
    "remove it, and deploy again: aws cloudformation delete-stack {here}",
)
_GOING_ON = (
    (
        "another deployment is going on: wait for its end, or follow it:"
        " aws cloudformation describe-stack-events {here}"
    ),
)

_ADVICE: Mapping[str, tuple[str, ...]] = {
    "CREATE_FAILED": _NEVER_WHOLE,
    "ROLLBACK_COMPLETE": _NEVER_WHOLE,
    "ROLLBACK_FAILED": (
        *_NEVER_WHOLE,
        "what cannot be removed is left behind by: --deletion-mode FORCE_DELETE_STACK",
    ),
    "UPDATE_FAILED": (_LOOK, "go back: aws cloudformation rollback-stack {here}"),
    "UPDATE_IN_PROGRESS": (
        *_GOING_ON,
        "or stop it: aws cloudformation cancel-update-stack {here}",
    ),
    "UPDATE_ROLLBACK_COMPLETE": ("all is as it was before: mend what failed, and deploy again",),
    "UPDATE_ROLLBACK_FAILED": (
        _LOOK,
        "mend what it names, then: aws cloudformation continue-update-rollback {here}",
        "or pass over what cannot be mended: --resources-to-skip LOGICAL_ID",
    ),
    "DELETE_FAILED": (
        _LOOK,
        (
            "mend what it names (a bucket has to be empty, what is protected unprotected), then:"
            " aws cloudformation delete-stack {here}"
        ),
        "or leave it behind: --retain-resources LOGICAL_ID",
    ),
    "DELETE_IN_PROGRESS": ("wait: aws cloudformation wait stack-delete-complete {here}",),
    "REVIEW_IN_PROGRESS": (
        "deploy: a change set was made and never carried out, and nothing else is there",
    ),
    "IMPORT_ROLLBACK_FAILED": (
        _LOOK,
        "what could not be imported is named there: mend it, then import again",
    ),
}
