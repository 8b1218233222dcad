"""Which folder is meant where several applications lie below a path."""

from collections.abc import Sequence
from dataclasses import dataclass

from infragraph.diagnostics.words import alternatives, nearest
from infragraph.workspace.tree import application_named, configurations_below, has_configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The root to analyze; `note` says so where it is not the path that was given."""

    root: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """Why no single root can be meant."""

    reason: str


def choose_root(path: str, application: str | None) -> Chosen | Undecided:
    """The application called `application`, by its name or folder; without one, the only one."""
    if application is None and has_configuration(path):
        return Chosen(root=path)
    folders = [name.rpartition("/")[0] for name in configurations_below(path)]
    if application is not None:
        return _named(path, folders, application)
    if not folders or "" in folders:
        return Chosen(root=path)
    if len(folders) == 1:
        note = f"'{folders[0]}' is analyzed, which holds the only infragraph.yaml below '{path}'"
        return Chosen(root=f"{path}/{folders[0]}", note=note)
    return Undecided(
        reason=f"several applications lie below '{path}'; choose one with --app: "
        + ", ".join(_shown(path, folder) for folder in folders)
    )


def _named(path: str, folders: Sequence[str], application: str) -> Chosen | Undecided:
    names = {folder: application_named(path, _configuration(folder)) for folder in folders}
    matching = [
        folder
        for folder, name in names.items()
        if application in {name, folder, folder.rpartition("/")[2]}
    ]
    exact = [folder for folder in matching if names[folder] == application] or matching
    if len(exact) == 1:
        return Chosen(root=f"{path}/{exact[0]}" if exact[0] else path)
    known = sorted({name or folder for folder, name in names.items()})
    if exact:
        return Undecided(reason=f"several folders hold an application called '{application}'")
    near = nearest(application, known)
    hint = f"; did you mean '{near}'?" if near else f"; known: {alternatives(known) or 'none'}"
    return Undecided(reason=f"no application below '{path}' is called '{application}'{hint}")


def _shown(path: str, folder: str) -> str:
    name = application_named(path, _configuration(folder))
    return f"{name} ({folder})" if name else folder


def _configuration(folder: str) -> str:
    return f"{folder}/infragraph.yaml" if folder else "infragraph.yaml"
