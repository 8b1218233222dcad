"""Alerts and who is told: documents of the Monitoring API, found again by a label."""

import json
from collections.abc import Iterator, Mapping

from infragraph.formats.gcloud.fields import Fields, Unsaid
from infragraph.formats.gcloud.steps import FOUND, REMEMBERED, Action, Command, Listed, Remember
from infragraph.formats.gcloud.things import Thing

_CHANNEL = "--channel-content"


def channel(it: Thing) -> Iterator[Action]:
    document = {
        "type": it.spec.needed("type"),
        "displayName": it.name,
        "labels": dict(it.spec.pairs("labels")),
        "userLabels": dict(it.labels),
    }
    it.spec.done()
    listing = _listing(it, "channels", it.name)
    yield Listed(
        listing=listing,
        create=("monitoring", "channels", "create", it.in_project, _content(_CHANNEL, document)),
        update=(
            "monitoring", "channels", "update", FOUND, it.in_project, _content(_CHANNEL, document),
        ),
    )  # fmt: skip
    yield Remember(listing=listing)


def policy(it: Thing) -> Iterator[Action]:
    """A channel is called by an id that only the cloud knows: the one that was remembered."""
    spec = it.spec
    documentation = spec.fields("documentation")
    shown = spec.needed("displayName")
    document: dict[str, object] = {
        "displayName": shown,
        "combiner": spec.needed("combiner"),
        "conditions": [_condition(condition) for condition in spec.each("conditions")],
        "userLabels": dict(it.labels),
    }
    text = documentation.text("content")
    if text is not None:
        document["documentation"] = {"content": text, "mimeType": documentation.text("mimeType")}
    documentation.done()
    channels = [it.referred(one) for one in spec.items("notificationChannels")]
    given = [one for one in channels if isinstance(one, str)]
    if given:
        document["notificationChannels"] = given
    told = len(channels) - len(given)
    if told > 1:
        raise Unsaid(path=spec.path("notificationChannels"))
    spec.done()
    content = _content("--policy", document)
    yield Listed(
        listing=_listing(it, "policies", shown),
        create=(
            "monitoring", "policies", "create", it.in_project, content,
            *([f"--notification-channels={REMEMBERED}"] if told else []),
        ),
        update=(
            "monitoring", "policies", "update", FOUND, it.in_project, content,
            *([f"--add-notification-channels={REMEMBERED}"] if told else []),
        ),
    )  # fmt: skip


def _listing(it: Thing, group: str, shown: str) -> Command:
    """Both are called by ids; what is shown of them is what tells them apart."""
    quoted = shown.replace("\\", "\\\\").replace('"', '\\"')
    where = f'--filter=display_name="{quoted}"'
    return ("monitoring", group, "list", it.in_project, where, "--format=value(name)")


def _content(flag: str, document: Mapping[str, object]) -> str:
    return f"{flag}={json.dumps(document, ensure_ascii=False)}"


def _condition(condition: Fields) -> Mapping[str, object]:
    threshold = condition.fields("conditionThreshold")
    aggregations: list[Mapping[str, object]] = []
    for aggregation in threshold.each("aggregations"):
        aggregations.append(
            {
                "alignmentPeriod": aggregation.needed("alignmentPeriod"),
                "perSeriesAligner": aggregation.needed("perSeriesAligner"),
            }
        )
        aggregation.done()
    document = {
        "displayName": condition.needed("displayName"),
        "conditionThreshold": {
            "filter": threshold.needed("filter"),
            "comparison": threshold.needed("comparison"),
            "thresholdValue": float(threshold.needed("thresholdValue")),
            "duration": threshold.needed("duration"),
            "aggregations": aggregations,
        },
    }
    threshold.done()
    condition.done()
    return document
