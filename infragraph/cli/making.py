"""The run behind `infragraph new`: a name, a place, and files where there were none."""

from collections.abc import Iterable
from pathlib import Path

from infragraph.cli.collector import paused
from infragraph.cli.exits import stop
from infragraph.cli.outcome import Outcome, outcome, root_of
from infragraph.cli.output import note, show, to_screen
from infragraph.cli.request import Request
from infragraph.cli.version import VERSION
from infragraph.linking.compile import compile_application
from infragraph.model.artifact import Artifact
from infragraph.usecases.new import Made, Refused, application, new_service, new_topic
from infragraph.usecases.reading import reading
from infragraph.workspace.outputs import place


def make_application(name: str, folder: str) -> None:
    if not Path(folder).is_dir():
        stop(f"there is no folder '{folder}'")
    made = _wanted(application(name, VERSION))
    target = Path(folder, name)
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        stop(f"'{target}' is there already, and is no folder")
    if target.exists() and any(target.iterdir()):
        stop(f"'{target}' is not empty, and nothing in it is overwritten")
    _make(target, made)


def make_service(name: str, path: str, app: str | None, package: str | None) -> None:
    found = _analyzed(path, app)
    made = new_service(name, found.report.graph, found.tree.sources, package)
    _make(Path(found.tree.root), _wanted(made))


def make_topic(name: str, path: str, app: str | None, service: str | None) -> None:
    found = _analyzed(path, app)
    made = new_topic(name, found.report.graph, found.tree.sources, service)
    _make(Path(found.tree.root), _wanted(made))


def _wanted(made: Made | Refused) -> Made:
    if isinstance(made, Refused):
        stop(made.reason)
    return made


def _analyzed(path: str, app: str | None) -> Outcome:
    request = Request(path=path, python=None, application=app, is_cached=False)
    chosen = root_of(request)
    with paused(), reading() as files:
        found = outcome(request, chosen, compile_application, files)
    for line in found.notes:
        note(line)
    if found.tree.configuration_mistakes:
        stop("infragraph.yaml has mistakes; see 'infragraph analyze'")
    return found


def _make(root: Path, made: Made) -> None:
    """All files or none: what is there is somebody's, also a file that comes meanwhile."""
    places = {place(root, artifact): artifact for artifact in made.artifacts}
    present = [str(path) for path in places if path.exists()]
    if present:
        stop(f"'{present[0]}' is there already, and nothing is overwritten")
    begun: list[Path] = []
    try:
        for path, artifact in places.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                begun.append(path)
                file.write(artifact.content)
    except OSError:
        for path in begun:
            path.unlink(missing_ok=True)
        raise
    show(to_screen("".join(_told(root, made.artifacts, made.next_steps))))


def _told(root: Path, artifacts: Iterable[Artifact], next_steps: Iterable[str]) -> Iterable[str]:
    yield from (f"{root / artifact.path}\n" for artifact in artifacts)
    yield "\nnext:\n"
    yield from (f"  {step}\n" for step in next_steps)
