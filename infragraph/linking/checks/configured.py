"""Services that the configuration speaks of, held against those that there are."""

from collections.abc import Iterator

from infragraph.diagnostics.configuration_problems import CONFIGURED_SERVICE_UNKNOWN
from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.linking.checks.linked import Linked


def check(linked: Linked) -> Iterator[Diagnostic]:
    known = [node.name for node in linked.nodes("service")]
    for span, name in linked.settings.services.items():
        if name not in known:
            near = nearest(name, known)
            listed = f"write {alternatives(known)}" if known else "remove it"
            yield CONFIGURED_SERVICE_UNKNOWN.at(
                span, name=name, cure=f"write '{near}'" if near else listed
            )
