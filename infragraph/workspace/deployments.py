"""Folders of what is generated for a place: written whole, and nothing of anybody else's touched.

    artifacts, manifest, journal ──decide──▶ steps ──carry out──▶ files, then the manifest

A file is ours to replace while it holds what a manifest or a journal says that we wrote.
"""

import os
import secrets
import stat
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

from infragraph.model.artifact import Artifact
from infragraph.workspace import journal, manifest
from infragraph.workspace.journal import Journal
from infragraph.workspace.manifest import Generated, Manifest, Origin, Unusable, digest
from infragraph.workspace.outputs import place_of, present
from infragraph.workspace.writing import write

BESIDE = ".new"
"""What a file's name ends with that could not have its own."""


class Fate(Enum):
    """What becomes of a path."""

    WRITTEN = auto()
    UNCHANGED = auto()
    REMOVED = auto()
    EDITED = auto()
    """It is ours, and was changed by hand since: it stays."""
    FOREIGN = auto()
    """It is somebody else's: it stays."""
    ORPHANED = auto()
    """Nothing generates it any more, and it was changed by hand: it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An artifact and the group it belongs to."""

    artifact: Artifact
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`present` is what the file holds now, `made` what it is to hold."""

    path: str
    fate: Fate
    present: bytes | None
    made: Made | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A folder as it is, and what was generated into it before."""

    folder: Path
    origin: Origin
    before: Manifest | None
    unfinished: Journal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Why nothing is generated into a folder."""

    reason: str


def inside(root: Path, output: Path) -> Outside | None:
    """Why `output` does not lie in the project that `root` belongs to, through no link."""
    top = _top(root.resolve())
    # The last folders of it may not be there yet.
    whole = Path(os.path.abspath(output))  # noqa: PTH100 - links are looked for, not followed
    if not whole.resolve().is_relative_to(top):
        return Outside(reason=f"'{output}' does not lie inside the project, which is '{top}'")
    for folder in (whole, *whole.parents):
        if folder.resolve() == top:
            break
        if folder.is_symlink():
            return Outside(reason=f"'{folder}' is a link, which is not followed")
    if ".git" in whole.resolve().relative_to(top).parts:
        return Outside(reason=f"'{output}' belongs to git")
    if whole.exists() and not whole.is_dir():
        return Outside(reason=f"'{output}' is not a folder")
    return None


def opened(folder: Path, origin: Origin) -> Deployment | Unusable:
    """The folder with its manifest; one that cannot be read is nobody's to overwrite."""
    path = place_of(folder, manifest.name(origin))
    content = present(path)
    before = None if content is None else manifest.parsed(content, origin)
    if isinstance(before, Unusable):
        reason = f"'{path}' says nothing of what was generated: {before.reason}; remove it"
        return Unusable(reason=reason)
    return Deployment(
        folder=folder,
        origin=origin,
        before=before,
        unfinished=journal.left_journal(folder, origin),
    )


def decide(
    deployment: Deployment, made: Iterable[Made], parts: Collection[str] | None, *, is_forced: bool
) -> tuple[Step, ...]:
    """What becomes of each path, sorted; files of other `parts` stay as they are.

    A file that cannot be replaced has its new content beside it, which is a step of its own.
    """
    known = _known(deployment)
    wanted = {one.artifact.path: one for one in made}
    steps: dict[str, Step] = {}
    for path, one in sorted(wanted.items()):
        step = _step(deployment, known, path, one, is_forced=is_forced)
        steps[path] = step
        if step.fate in {Fate.EDITED, Fate.FOREIGN}:
            beside = replace(one.artifact, path=f"{path}{BESIDE}")
            aside = replace(one, artifact=beside)
            steps[beside.path] = _step(deployment, known, beside.path, aside, is_forced=is_forced)
    for file in _all_known(deployment):
        if file.path not in steps and (parts is None or file.part in parts):
            now = present(place_of(deployment.folder, file.path))
            if now is not None:
                is_ours = digest(now) in known[file.path]
                fate = Fate.REMOVED if is_ours else Fate.ORPHANED
                steps[file.path] = Step(path=file.path, fate=fate, present=now, made=None)
    return tuple(step for _, step in sorted(steps.items()))


def after(
    deployment: Deployment, steps: Iterable[Step], parts: Collection[str] | None, tool: str
) -> Manifest:
    """The manifest once the steps are carried out."""
    before = {file.path: file for file in _listed(deployment)}
    files = [file for file in before.values() if parts is not None and file.part not in parts]
    for step in steps:
        if step.made is None:
            continue
        if step.fate in {Fate.WRITTEN, Fate.UNCHANGED}:
            files.append(
                Generated(
                    path=step.path,
                    sha256=digest(_content(step.made.artifact)),
                    part=step.made.part,
                )
            )
        elif step.fate == Fate.EDITED and step.path in before:
            files.append(before[step.path])
    return Manifest(origin=deployment.origin, tool=tool, files=tuple(sorted(files)))


def carry_out(deployment: Deployment, steps: Collection[Step], manifest_after: Manifest) -> None:
    """Every file whole or not at all, the manifest last; where nothing changes nothing is written.

    A run that is killed, or ends for want of space, is completed by the next one.
    """
    folder, origin = deployment.folder, deployment.origin
    path = place_of(folder, manifest.name(origin))
    listing = manifest.rendered(manifest_after)
    changed = [step for step in steps if step.fate in {Fate.WRITTEN, Fate.REMOVED}]
    if not changed and present(path) == listing and deployment.unfinished is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    journal.remove_unfinished(folder, origin, deployment.unfinished)
    ending = secrets.token_hex(8)
    known = {file.path: file for file in _all_known(deployment)}
    coming = {file.path: file for file in manifest_after.files}
    files = tuple(sorted({*known.values(), *coming.values()}))
    journal.open_journal(folder, origin, Journal(ending=ending, files=files))
    for step in changed:
        target = place_of(folder, step.path)
        if step.made is None:
            target.unlink(missing_ok=True)
            _remove_empty(target.parent, folder)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            write(
                target,
                _content(step.made.artifact),
                ending=ending,
                is_executable=step.made.artifact.is_executable,
            )
    write(path, listing, ending=ending)
    journal.close_journal(folder, origin)


def _top(root: Path) -> Path:
    """The top of the git repository that holds the root, else the root itself."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return folder
    return root


def _listed(deployment: Deployment) -> tuple[Generated, ...]:
    return () if deployment.before is None else deployment.before.files


def _all_known(deployment: Deployment) -> tuple[Generated, ...]:
    begun = () if deployment.unfinished is None else deployment.unfinished.files
    return (*_listed(deployment), *begun)


def _known(deployment: Deployment) -> Mapping[str, frozenset[str]]:
    """The digests of what we wrote to each path, or were about to."""
    known: dict[str, frozenset[str]] = {}
    for file in _all_known(deployment):
        known[file.path] = known.get(file.path, frozenset()) | {file.sha256}
    return known


def _step(
    deployment: Deployment,
    known: Mapping[str, frozenset[str]],
    path: str,
    made: Made,
    *,
    is_forced: bool,
) -> Step:
    target = place_of(deployment.folder, path)
    now = present(target)
    if now == _content(made.artifact):
        fate = Fate.UNCHANGED if _is_as_wanted(target, made.artifact) else Fate.WRITTEN
    elif now is None or is_forced or digest(now) in known.get(path, ()):
        fate = Fate.WRITTEN
    else:
        fate = Fate.EDITED if path in known else Fate.FOREIGN
    return Step(path=path, fate=fate, present=now, made=made)


def _is_as_wanted(path: Path, artifact: Artifact) -> bool:
    """Whether a file can be run where it is meant to be."""
    return not artifact.is_executable or bool(path.stat().st_mode & stat.S_IXUSR)


def _content(artifact: Artifact) -> bytes:
    return artifact.content.encode("utf-8", "backslashreplace")


def _remove_empty(folder: Path, top: Path) -> None:
    """A folder that we made for files that are gone."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
