"""What has to be mended before anything is generated for an environment.

report, environment, overrides, today ──▶ the findings that stand in the way
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.report import Report
from infragraph.model.environment import Environment
from infragraph.model.source import SourceSpan
from infragraph.usecases.environment_checks import expired_grants, is_of_another
from infragraph.usecases.environments import overrides_of, read
from infragraph.workspace.configuration import Configuration
from infragraph.workspace.overrides import NO_OVERRIDES, Overrides


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An environment with its patches, and the key of `infragraph.yaml` that describes it."""

    environment: Environment
    key: str
    overrides: Overrides


def prepare(
    name: str,
    key: str,
    configuration: Configuration,
    overrides_at: Callable[[str, SourceSpan], Overrides],
) -> Prepared:
    """The environment called `name`; one that is not complete is told as such by the obstacles.

    `overrides_at` reads a file of patches that is named at a place of the configuration.
    """
    settings = configuration.environments[key]
    path = overrides_of(settings)
    overrides = (
        NO_OVERRIDES
        if path is None
        else overrides_at(path, configuration.places[key, "overrides"].value)
    )
    places = {keys[1:]: place.key for keys, place in configuration.places.items() if keys[0] == key}
    environment = replace(read(name, key, settings), patches=overrides.patches, places=places)
    return Prepared(environment=environment, key=key, overrides=overrides)


def obstacles(
    report: Report, configuration: Configuration, prepared: Prepared, today: date
) -> tuple[Diagnostic, ...]:
    """Errors, uses that could not be resolved, and what has expired; not of other environments."""
    unresolved = {one.span for one in report.graph.unresolved}
    return (
        *(
            one
            for one in report.diagnostics
            if (one.severity == Severity.ERROR or one.span in unresolved)
            and not is_of_another(one, prepared.key, configuration)
        ),
        *prepared.overrides.mistakes,
        *expired_grants(prepared.environment, prepared.key, configuration, today),
    )
