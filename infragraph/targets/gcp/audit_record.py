"""The record of who published and who handled the messages of audited topics: a bucket for lines.

Services write it themselves, and may do nothing else there: replacing an object takes the right to
delete one. What is written stays for as long as the bucket's retention says.

https://cloud.google.com/storage/docs/bucket-lock (read 2026-11-25)
"""

from collections.abc import Iterator, Mapping

from infragraph.documents.narrowing import text
from infragraph.model.plan import PlanValue, Retention
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.delivery import relays
from infragraph.targets.gcp.needs import RECORD
from infragraph.targets.gcp.planned import NOTHING, Planned
from infragraph.targets.gcp.resource import resource
from infragraph.targets.gcp.rights import Account, Right, Thing
from infragraph.targets.gcp.setting import Setting, edges, nodes, owner, services

_KEPT_SECONDS = {True: 365 * 86_400, False: 30 * 86_400}
"""In production, and elsewhere but in a preview."""


def record_address(setting: Setting) -> Mapping[str, PlanValue]:
    """The entry in the runtime configuration, empty where no topic is audited."""
    if not _recorded(setting):
        return {}
    return {"bucket": _called(setting), "region": setting.region}


def plan_audit_record(setting: Setting) -> Planned:
    if not _recorded(setting):
        return NOTHING
    spec: dict[str, PlanValue] = {
        "resourceID": _called(setting),
        "location": setting.region,
        "uniformBucketLevelAccess": True,
        "publicAccessPrevention": "enforced",
    }
    if not setting.is_preview:
        kept = _KEPT_SECONDS[setting.is_production]
        spec["retentionPolicy"] = {"retentionPeriod": kept}
    planned = resource(
        setting,
        types.BUCKET,
        names.record_name(setting),
        spec,
        layer="data",
        retention=Retention.DELETE if setting.is_preview else Retention.RETAIN,
    )
    return Planned(resources=(planned,), rights=tuple(_rights(setting)))


def _rights(setting: Setting) -> Iterator[Right]:
    name = names.record_name(setting)
    thing = Thing(type=types.BUCKET, name=name, called=_called(setting))
    for service in services(setting):
        for topic in sorted(_recorded(setting) & _touched(setting, service)):
            yield Right(
                member=Account(name=names.account_name(setting, service)),
                role=RECORD.role,
                on=thing,
                service=service,
                ground="kind",
                why=RECORD.why,
                node=topic,
            )


def _recorded(setting: Setting) -> frozenset[str]:
    """The ids of the topics whose messages are recorded."""
    return frozenset(it.id for it in nodes(setting, "topic") if it.properties.get("audit"))


def _touched(setting: Setting, service: str) -> frozenset[str]:
    """The topics that a service publishes to, relays messages of, or handles."""
    published = {
        edge.target
        for edge in edges(setting, "publishes")
        if owner(setting, edge.source) == service
    }
    handled = {
        f"topic:{text(it.properties.get('topic'))}"
        for it in nodes(setting, "subscription")
        if it.service == service
    }
    return frozenset({*published, *handled, *relays(setting, service)})


def _called(setting: Setting) -> str:
    return names.bucket_name(setting, "audit", kind="record")
