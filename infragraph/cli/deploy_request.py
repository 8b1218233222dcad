"""What `deploy`, `destroy` and `secrets` begin with: an application, and an environment of it."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from infragraph.cli.exits import Exit, stop
from infragraph.cli.generation import Request as Analyzed
from infragraph.cli.generation import analyzed, refused, tell
from infragraph.cli.outcome import Outcome
from infragraph.deploy.errors import DeploymentError, UnusableError
from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.render.terminal import safe
from infragraph.diagnostics.selection import Selection, chosen
from infragraph.model.environment import Environment, Size
from infragraph.usecases.environments import NoEnvironment, chosen_key, missing_from
from infragraph.usecases.generate import Generation, generate
from infragraph.usecases.generators import generator
from infragraph.usecases.preparing import Prepared, obstacles, prepare
from infragraph.workspace.overrides import read_overrides


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command line, as it was typed."""

    what: str
    path: str
    environment: str | None
    application: str | None
    python: str | None
    image: str | None = None
    rollback: str | None = None
    is_plan: bool = False
    form: str = "text"
    is_confirmed: bool = False
    allowed: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    is_bootstrap: bool = False
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An application and one of its environments, before anything is generated."""

    found: Outcome
    prepared: Prepared

    @property
    def environment(self) -> Environment:
        return self.prepared.environment


def parameters(written: Iterable[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for one in written:
        name, sign, value = one.partition("=")
        if not sign or not name:
            stop(f"--parameter takes NAME=VALUE, and not '{one}'")
        found[name] = value
    return found


def choose(request: Request) -> Chosen:
    """The environment that is named, one of the cloud that is asked for."""
    return _chosen(request, request.what)


def choose_any(request: Request) -> Chosen:
    """The environment that is named, on whichever cloud it lies."""
    return _chosen(request, None)


def made(request: Request, it: Chosen) -> Generation | Exit:
    """What `generate` would write, or that it would not."""
    found, prepared = it.found, it.prepared
    report, configuration = found.report, found.tree.configuration
    standing = obstacles(report, configuration, prepared, datetime.now(tz=UTC).date())
    if standing or report.graph.unresolved:
        return refused(found, standing)
    spans = prepared.overrides.spans
    generation = generate(
        report.graph, prepared.environment, spans, generator(request.what), {"manifests"}
    )
    told = chosen(generation.diagnostics, Selection(severity=configuration.severity))
    if not generation.is_whole:
        errors = (one for one in generation.diagnostics if one.severity == Severity.ERROR)
        return refused(found, (*told, *errors))
    tell(found, told)
    return generation


def failed(error: DeploymentError) -> Exit:
    """Tells why, and what to do next."""
    sys.stderr.write(f"infragraph: {safe(error.reason)}\n")
    for line in error.advice:
        sys.stderr.write(f"  {safe(line)}\n")
    return Exit.WORLD if isinstance(error, UnusableError) else Exit.FINDINGS


def progress(line: str) -> None:
    sys.stderr.write(f"{safe(line)}\n")
    sys.stderr.flush()


def agreed(question: str, answer: str, *, is_confirmed: bool) -> bool:
    """Whether somebody typed `answer`; without anybody there to ask, the run ends."""
    if is_confirmed:
        return True
    if not sys.stdin.isatty():
        stop("there is nobody to ask; say --yes where the plan is known")
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() == answer


def confirmed(environment: Environment, *, is_confirmed: bool) -> bool:
    """Whether somebody typed the environment's name; previews can do without."""
    if is_confirmed and environment.size is Size.PREVIEW:
        return True
    if is_confirmed:
        stop(f"--yes removes previews alone, and {environment.name!r} is none; type its name")
    sys.stderr.write(f"type the environment's name to remove it ({environment.name}): ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() == environment.name


def _chosen(request: Request, target: str | None) -> Chosen:
    found = analyzed(_analyzed(request), () if target is None else (target,))
    configuration = found.tree.configuration
    key = chosen_key(request.environment, configuration.environments, target)
    if isinstance(key, NoEnvironment):
        stop(key.reason)
    missing = missing_from(configuration.environments[key])
    if missing:
        stop(f"the environment {key!r} has no {', '.join(missing)} yet")
    name = request.environment or key
    prepared = prepare(name, key, configuration, partial(read_overrides, found.tree.root))
    return Chosen(found=found, prepared=prepared)


def _analyzed(request: Request) -> Analyzed:
    return Analyzed(
        what=request.what,
        path=request.path,
        environment=request.environment,
        output=None,
        only=None,
        is_check=False,
        is_forced=False,
        application=request.application,
        python=request.python,
    )
