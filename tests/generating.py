"""Applications on disk, generated for an environment as the command does it."""

from datetime import date
from functools import partial
from pathlib import Path

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.usecases.environments import chosen_key
from infragraph.usecases.generate import Generation, generate
from infragraph.usecases.generators import generator
from infragraph.usecases.preparing import obstacles, prepare
from infragraph.workspace.overrides import read_overrides
from tests.expectations import report
from tests.workspace.trees import found

TODAY = date(2026, 11, 25)


def generated(root: Path, name: str) -> Generation | tuple[Diagnostic, ...]:
    """What is generated, or what stands in the way of it."""
    configuration = found(root).configuration
    key = chosen_key(name, configuration.environments, None)
    assert isinstance(key, str)
    prepared = prepare(name, key, configuration, partial(read_overrides, str(root)))
    analyzed = report(root)
    standing = obstacles(analyzed, configuration, prepared, TODAY)
    if standing:
        return standing
    cloud = generator(prepared.environment.target)
    spans = prepared.overrides.spans
    return generate(analyzed.graph, prepared.environment, spans, cloud, None)


def generation_findings(root: Path, name: str) -> tuple[Diagnostic, ...]:
    made = generated(root, name)
    return made.diagnostics if isinstance(made, Generation) else made
