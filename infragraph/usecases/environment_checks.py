"""Environments held against what their clouds need, and against the graph."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.environment_problems import (
    BINDING_UNKNOWN,
    BINDING_WITHOUT_ADDRESS,
    ENVIRONMENT_ADDRESS_MALFORMED,
    ENVIRONMENT_CRON_UNKNOWN,
    ENVIRONMENT_INCOMPLETE,
    EXTERNAL_TOPIC_UNBOUND,
    SUBSCRIBERS_UNKNOWN,
)
from infragraph.diagnostics.generation_problems import GRANT_EXPIRED
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.targets.existing import FORMS, SETTINGS, Form, fits
from infragraph.usecases.environments import (
    bindings_of,
    crons_of,
    missing_from,
    subscribers_of,
    target_of,
)
from infragraph.workspace.configuration import Configuration, Setting
from infragraph.workspace.places import Keys

_NESTED: Mapping[str, Keys] = {"alarms_to": ("observability", "alarms_to")}


def environment_findings(configuration: Configuration, graph: InfraGraph) -> Iterator[Diagnostic]:
    """What is wrong with any environment, whichever is deployed next."""
    for name in configuration.environments:
        yield from _Check(configuration, name, graph).findings()


def expired_grants(
    environment: Environment, key: str, configuration: Configuration, today: date
) -> Iterator[Diagnostic]:
    """Grants that were to last until a day before today."""
    for service, grants in environment.grants.items():
        for number, grant in enumerate(grants):
            if grant.expiry is not None and date.fromisoformat(grant.expiry) < today:
                place = configuration.places[key, "grants", service, str(number), "expiry"]
                yield GRANT_EXPIRED.at(place.value, service=service, day=grant.expiry)


def is_of_another(diagnostic: Diagnostic, key: str, configuration: Configuration) -> bool:
    """Whether a finding is about another environment than the one that `key` describes."""
    found = {
        keys[0]
        for keys, place in configuration.places.items()
        if diagnostic.span in {place.key, place.value}
    }
    return bool(found) and key not in found


class _Check:
    __slots__ = ("_configuration", "_graph", "_name", "_settings")

    def __init__(self, configuration: Configuration, name: str, graph: InfraGraph) -> None:
        self._configuration = configuration
        self._name = name
        self._graph = graph
        self._settings: Setting = configuration.environments[name]

    def findings(self) -> Iterator[Diagnostic]:
        missing = missing_from(self._settings)
        if missing:
            yield ENVIRONMENT_INCOMPLETE.at(
                self._configuration.places[self._name,].key,
                name=self._name,
                missing=_all_of([f"its {key}" for key in missing]),
                keys=_all_of([f"'{key}'" for key in missing]),
            )
        yield from self._bindings()
        yield from self._crons()
        yield from self._subscribers()
        target = target_of(self._settings)
        if target is not None:
            yield from self._addresses(target)
            yield from self._unbound(target)

    def _bindings(self) -> Iterator[Diagnostic]:
        target = target_of(self._settings)
        known = {node.id for node in self._graph.nodes}
        for node, address in bindings_of(self._settings).items():
            place = self._configuration.places[self._name, "bindings", node]
            kind = node.partition(":")[0]
            if node not in known:
                yield BINDING_UNKNOWN.at(place.key, node=node, cure=_cure(node, known, kind))
            elif target is not None:
                form = FORMS[target].get(kind)
                if form is None:
                    yield BINDING_WITHOUT_ADDRESS.at(place.key, node=node, kind=_a(kind))
                elif not fits(form, address):
                    yield ENVIRONMENT_ADDRESS_MALFORMED.at(
                        place.value,
                        address=address,
                        target=target,
                        what=_a(kind),
                        sample=form.sample,
                    )

    def _crons(self) -> Iterator[Diagnostic]:
        known = {node.name for node in self._graph.nodes if node.kind == "cron"}
        for cron in crons_of(self._settings):
            if cron not in known:
                yield ENVIRONMENT_CRON_UNKNOWN.at(
                    self._configuration.places[self._name, "cron", cron].key,
                    name=self._name,
                    cron=cron,
                    cure=_cure(cron, known, ""),
                )

    def _subscribers(self) -> Iterator[Diagnostic]:
        """Topics of others are theirs to open."""
        known = {
            node.id
            for node in self._graph.nodes
            if node.kind == "topic" and node.properties.get("external") is not True
        }
        for topic in subscribers_of(self._settings):
            if topic not in known:
                place = self._configuration.places[self._name, "subscribers", topic]
                yield SUBSCRIBERS_UNKNOWN.at(
                    place.key, topic=topic, cure=_cure(topic, known, "topic")
                )

    def _addresses(self, target: str) -> Iterator[Diagnostic]:
        for key, form in SETTINGS[target].items():
            found = self._given(_NESTED.get(key, (key,)), form)
            if found is not None:
                keys, address = found
                yield ENVIRONMENT_ADDRESS_MALFORMED.at(
                    self._configuration.places[self._name, *keys].value,
                    address=address,
                    target=target,
                    what=f"'{key}'",
                    sample=form.sample,
                )

    def _given(self, keys: Keys, form: Form) -> tuple[Keys, str] | None:
        """What stands at `keys`, where that is of another form."""
        value: Setting = self._settings
        for key in keys:
            value = value.get(key) if isinstance(value, Mapping) else None
        return None if value is None or fits(form, str(value)) else (keys, str(value))

    def _unbound(self, target: str) -> Iterator[Diagnostic]:
        bound = bindings_of(self._settings)
        for node in self._graph.nodes:
            if node.properties.get("external") is True and node.id not in bound:
                yield EXTERNAL_TOPIC_UNBOUND.at(
                    self._configuration.places[self._name,].key,
                    name=self._name,
                    topic=node.name,
                    sample=FORMS[target]["topic"].sample,
                )


def _a(kind: str) -> str:
    return f"an {kind}" if kind.startswith("e") else f"a {kind}"


def _all_of(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _cure(name: str, known: Collection[str], kind: str) -> str:
    """What to write instead, as far as that can be told."""
    near = nearest(name, known)
    if near is not None:
        return f"write '{near}'"
    of_kind = sorted(one for one in known if one.startswith(f"{kind}:")) if kind else sorted(known)
    if not of_kind:
        return "remove it"
    return f"write {alternatives(of_kind)}"
