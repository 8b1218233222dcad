"""What holds something that is lost, or left behind, when it is replaced or removed."""

from collections.abc import Collection, Iterable

from infragraph.deploy.changes import Action, Change
from infragraph.deploy.errors import refuse, refuse_use

STATEFUL = frozenset(
    {
        "AWS::ECR::Repository",
        "AWS::KMS::Key",
        "AWS::Logs::LogGroup",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::S3::Bucket",
        # What others subscribed, and what their addresses stand for, goes with the topic.
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::SecretsManager::Secret",
    }
)


def destructive(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(
        one
        for one in changes
        if one.type in STATEFUL
        and one.action in {Action.REPLACE, Action.MAY_REPLACE, Action.REMOVE}
    )


def demand_known(changes: Iterable[Change], allowed: Collection[str]) -> None:
    """Ends the deployment where a name is allowed that is no resource of what changes."""
    every = tuple(changes)
    known = {one.id for one in every}
    for name in allowed:
        if name not in known:
            refuse_use(
                f"--allow-replace names {name!r}, of which nothing changes",
                f"name one of: {', '.join(one.id for one in destructive(every)) or 'none'}",
            )


def demand_allowed(changes: Iterable[Change], allowed: Collection[str]) -> None:
    """Ends the deployment where state would be lost that nobody has named."""
    refused = [one for one in destructive(changes) if one.id not in allowed]
    if refused:
        listed = ", ".join(f"{one.id} ({one.type}, {one.action})" for one in refused)
        words = " ".join(f"--allow-replace {one.id}" for one in refused)
        refuse(
            f"state would be lost: {listed}",
            "see whether a rename in the source made it: under the old name it keeps what it holds",
            f"or allow it by name: {words}",
        )
