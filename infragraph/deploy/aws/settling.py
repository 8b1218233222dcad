"""Replacements that CloudFormation leaves open, and that cannot come.

It does not say before it begins whether `GetAtt Key.Arn` is another text once the key has changed.
What names a thing stays what it is for as long as the thing is not itself replaced.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_NAMING = frozenset(
    {"Arn", "DbiResourceId", "GroupId", "Name", "QueueName", "QueueUrl", "TopicArn"}
)
"""Attributes that change with the thing alone."""


def settled(changes: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The ids of resources that may be replaced, as is said of them, and will not be."""
    by_id = {str(one["LogicalResourceId"]): one for one in changes}
    replaced = {id_ for id_, one in by_id.items() if not _is_kept(one)}
    found: set[str] = set()
    while True:
        more = {
            id_
            for id_ in replaced - found
            if by_id[id_].get("Replacement") == "Conditional"
            and _follows(by_id[id_].get("Details", ()), replaced - found)
        }
        if not more:
            return frozenset(found)
        found |= more


def _is_kept(change: Mapping[str, Any]) -> bool:
    return change["Action"] == "Modify" and change.get("Replacement") == "False"


def _follows(details: Iterable[Mapping[str, Any]], replaced: set[str]) -> bool:
    """Whether all that might replace it are names of things that stay."""
    recreating = [
        one for one in details if one["Target"].get("RequiresRecreation", "Always") != "Never"
    ]
    return bool(recreating) and all(_is_name(one, replaced) for one in recreating)


def _is_name(detail: Mapping[str, Any], replaced: set[str]) -> bool:
    about, _, attribute = str(detail.get("CausingEntity", "")).partition(".")
    source = detail.get("ChangeSource")
    is_name = source == "ResourceReference" or (
        source == "ResourceAttribute" and attribute in _NAMING
    )
    return detail.get("Evaluation") == "Dynamic" and is_name and about not in replaced
