"""Generated files that are written where they are meant to be, or compared with what is there."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from infragraph.cli.exits import Exit, stop
from infragraph.cli.generation import Request, counted, tell
from infragraph.cli.outcome import Outcome
from infragraph.cli.output import note, show, to_screen
from infragraph.cli.version import VERSION
from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.generation_problems import FILE_NOT_GENERATED, GENERATED_FILE_EDITED
from infragraph.model.source import SourceSpan
from infragraph.usecases.staleness import difference
from infragraph.workspace.deployments import (
    BESIDE,
    Deployment,
    Fate,
    Made,
    Outside,
    Step,
    after,
    carry_out,
    decide,
    inside,
    opened,
)
from infragraph.workspace.locking import locked
from infragraph.workspace.manifest import Manifest, Origin, Unusable


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What was generated, for what, and where to.

    Text that `is_owned` is somebody's once it is edited: no check asks for it to be as generated.
    """

    folder: Path
    origin: Origin
    made: tuple[Made, ...]
    is_owned: bool = False


def delivered(request: Request, found: Outcome, delivery: Delivery) -> Exit:
    """Writes, and tells of what was not; or, for a check, tells of the differences."""
    folder = delivery.folder
    refusal = inside(Path(found.tree.root), folder)
    if isinstance(refusal, Outside):
        stop(refusal.reason)
    if request.is_check:
        return _checked(request, delivery)
    with locked(folder):
        deployment, steps = _decided(request, delivery)
        carry_out(deployment, steps, _after(request, deployment, steps))
    kept = tuple(_kept(step, folder) for step in steps if step.fate in _IN_THE_WAY)
    tell(found, kept)
    _summarize(folder, steps)
    return Exit.FINDINGS if kept else Exit.CLEAN


def _decided(request: Request, delivery: Delivery) -> tuple[Deployment, tuple[Step, ...]]:
    """The folder as it is, and what becomes of each file."""
    deployment = opened(delivery.folder, delivery.origin)
    if isinstance(deployment, Unusable):
        stop(deployment.reason)
    steps = decide(deployment, delivery.made, request.only, is_forced=request.is_forced)
    return deployment, steps


def _after(request: Request, deployment: Deployment, steps: Iterable[Step]) -> Manifest:
    return after(deployment, steps, request.only, f"infragraph {VERSION}")


_IN_THE_WAY = frozenset({Fate.EDITED, Fate.FOREIGN})


def _checked(request: Request, delivery: Delivery) -> Exit:
    """The differences, without those beside files that stay: of these the files are told."""
    deployment, steps = _decided(request, delivery)
    if delivery.is_owned:
        steps = tuple(step for step in steps if not step.path.endswith(BESIDE))
    manifest = _after(request, deployment, steps)
    if delivery.is_owned:
        steps = tuple(_without_owned(delivery.folder, steps))
    lines = [line for step in steps for line in _difference(deployment.folder, step)]
    before = deployment.before
    if not lines and (before is None or before.files != manifest.files):
        lines.append(f"{deployment.folder}: the list of generated files is not current")
    if not lines:
        return Exit.CLEAN
    show(to_screen("".join(f"{line}\n" for line in lines)))
    return Exit.FINDINGS


def _without_owned(folder: Path, steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        if step.fate in _IN_THE_WAY:
            note(f"'{folder / step.path}' is not as generated, and yours")
        else:
            yield step


def _difference(folder: Path, step: Step) -> Iterator[str]:
    name = str(folder / step.path)
    if step.made is None:
        if step.fate == Fate.REMOVED:
            yield f"only in {folder}: {step.path}, which is generated no more"
    elif not step.path.endswith(BESIDE):
        yield from difference(name, step.present, step.made.artifact.content)
        if step.fate == Fate.WRITTEN and step.present == step.made.artifact.content.encode():
            yield f"{name} is not executable"


def _kept(step: Step, folder: Path) -> Diagnostic:
    path = str(folder / step.path)
    span = SourceSpan(path=path, line=1, column=1, end_line=1, end_column=1)
    problem = GENERATED_FILE_EDITED if step.fate == Fate.EDITED else FILE_NOT_GENERATED
    return problem.at(span, path=path, beside=f"{path}{BESIDE}")


def _summarize(folder: Path, steps: Iterable[Step]) -> None:
    fates = Counter(step.fate for step in steps)
    for step in steps:
        if step.fate == Fate.ORPHANED:
            note(
                f"'{folder / step.path}' is generated no more; it was changed by hand, so it stays"
            )
    parts = [
        f"{counted(fates[Fate.WRITTEN], 'file')} written",
        f"{fates[Fate.UNCHANGED]} unchanged",
        f"{fates[Fate.REMOVED]} removed" if fates[Fate.REMOVED] else "",
    ]
    sys.stderr.write(f"{folder}: {', '.join(filter(None, parts))}\n")
