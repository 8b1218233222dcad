"""Findings on what is absent, held back where what was not understood may hold it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from infragraph.diagnostics.configuration_problems import CONFIGURED_SERVICE_UNKNOWN
from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.frontend.statics import span_of
from infragraph.kinds.database import DATABASE_OF_NOBODY
from infragraph.kinds.endpoint_problems import ACCESS_WITHOUT_AUTH_HANDLER
from infragraph.kinds.service_names import SERVICE_UNKNOWN
from infragraph.kinds.subscription import Subscription
from infragraph.linking.checks.dead_topics import DEAD_TOPIC, TOPIC_NEVER_PUBLISHED
from infragraph.linking.checks.linked import Linked
from infragraph.linking.checks.outside import DECLARED_OUTSIDE
from infragraph.linking.checks.permissions import (
    DATABASE_NOT_SHARED,
    OUTBOX_NOT_SHARED,
    PUBLISHER_NOT_ALLOWED,
    SUBSCRIBER_NOT_ALLOWED,
)
from infragraph.linking.checks.stated_uses import STATED_USE_UNKNOWN
from infragraph.linking.checks.undefined_names import NAME_NOT_DEFINED
from infragraph.linking.checks.unresolved_uses import UNREACHED_USE, UNRESOLVED_USE
from infragraph.linking.checks.unused import UNUSED_RESOURCE
from infragraph.linking.unread import Unread, unread
from infragraph.linking.unresolved import doubts
from infragraph.model.source import SourceSpan


def certain(
    findings: Iterable[Diagnostic], linked: Linked, contents: Mapping[str, bytes]
) -> Iterator[Diagnostic]:
    """The findings that hold whatever stands in the files that could not be analyzed.

    `contents` are the application's files by path. Of a file without facts only the words are
    known: what these cannot lead to is as certain as if the file were not there.
    """
    services = (it for it in linked.declarations if it.kind == "service")
    named = (linked.resources.get(service.key) for service in services)
    is_nameless = any(it is None or it.id in linked.inventory.faulty for it in named)
    told = tuple(findings)
    lacking = frozenset(it.span.path for it in told if it.code == NAME_NOT_DEFINED.code)
    missing = unread(linked.machine.program, contents, lacking)
    whole = None if missing is None else _whole(linked, missing)
    for finding in told:
        if finding.code in _ON_SERVICES and is_nameless:
            continue
        is_in_doubt = _DOUBTS.get(finding.code)
        if whole is None or is_in_doubt is None or not is_in_doubt(whole, finding):
            yield finding


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """What is needed to judge a finding by its place: names by path, what stands where."""

    unread: Unread
    names: Mapping[str, str]
    topics: Mapping[SourceSpan, str]
    typed: frozenset[SourceSpan]


def _whole(linked: Linked, missing: Unread) -> _Whole:
    """`topics` are the symbols of topics where they and their subscriptions are declared."""
    topics = {it.span: it.symbol for it in linked.resources.values() if it.kind == "topic"}
    for resource in linked.resources.values():
        if isinstance(resource, Subscription) and resource.topic is not None:
            topics[resource.span] = resource.topic.symbol
    return _Whole(
        unread=missing,
        names={module.path: module.name for module in missing.modules.values()},
        topics=topics,
        typed=frozenset(span_of(it.place) for it in doubts(linked.used) if it.is_typed),
    )


def _may_declare_service(whole: _Whole, _finding: Diagnostic) -> bool:
    return whole.unread.may_hold("Service")


def _may_authenticate(whole: _Whole, _finding: Diagnostic) -> bool:
    return whole.unread.may_mention("auth_handler")


def _may_own(whole: _Whole, finding: Diagnostic) -> bool:
    """Whether the service that owns one of the finding's places may be declared there."""
    places = (finding.span, *(label.span for label in finding.labels))
    return any(whole.unread.may_own(whole.names.get(place.path, "")) for place in places)


def _may_use(whole: _Whole, finding: Diagnostic) -> bool:
    return whole.names.get(finding.span.path) in whole.unread.reachable


def _may_give(whole: _Whole, finding: Diagnostic) -> bool:
    """Whether a value of which only the type is known may come from there."""
    return finding.span in whole.typed and _may_use(whole, finding)


def _may_name_topic(whole: _Whole, finding: Diagnostic) -> bool:
    symbol = whole.topics.get(finding.span)
    return symbol is not None and whole.unread.may_mention(symbol)


_ON_SERVICES = frozenset({SERVICE_UNKNOWN.code, CONFIGURED_SERVICE_UNKNOWN.code})

_DOUBTS: Mapping[str, Callable[[_Whole, Diagnostic], bool]] = {
    **dict.fromkeys(_ON_SERVICES, _may_declare_service),
    ACCESS_WITHOUT_AUTH_HANDLER.code: _may_authenticate,
    DATABASE_OF_NOBODY.code: _may_own,
    DECLARED_OUTSIDE.code: _may_own,
    DATABASE_NOT_SHARED.code: _may_own,
    OUTBOX_NOT_SHARED.code: _may_own,
    PUBLISHER_NOT_ALLOWED.code: _may_own,
    SUBSCRIBER_NOT_ALLOWED.code: _may_own,
    DEAD_TOPIC.code: _may_name_topic,
    TOPIC_NEVER_PUBLISHED.code: _may_name_topic,
    UNUSED_RESOURCE.code: _may_use,
    UNREACHED_USE.code: _may_use,
    UNRESOLVED_USE.code: _may_give,
    STATED_USE_UNKNOWN.code: _may_use,
}
