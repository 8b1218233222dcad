"""An application's tree as values: its sources, its configuration, and what could not be read."""

import marshal
import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from infragraph.diagnostics.configuration_problems import FILE, LIBRARY_NOT_FOUND
from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.tree_problems import (
    DIRECTORY_NOT_READ,
    FILE_NOT_READ,
    MODULE_HIDDEN,
    MODULE_NAMED_TWICE,
)
from infragraph.model.directory import DirectoryListing
from infragraph.model.source import SourceFile, SourceSpan
from infragraph.model.stages import Told, untold
from infragraph.workspace.configuration import (
    NO_CONFIGURATION,
    Configuration,
    Library,
    parse_configuration,
)
from infragraph.workspace.directories import sql_files
from infragraph.workspace.environments import find_package, site_packages
from infragraph.workspace.ignoring import Rule, rules
from infragraph.workspace.inputs import digest
from infragraph.workspace.memory import Forgetful, Memory
from infragraph.workspace.naming import Imports, Named, Naming, name_modules
from infragraph.workspace.project import NO_PROJECT, Project, parse_project
from infragraph.workspace.reading import WHY, NotRead, read
from infragraph.workspace.surveying import Survey, Surveyed, surveyed
from infragraph.workspace.walking import Scope, Skipped, Walk, walk

_NAMING = "naming"
"""Under what it is kept how the files are imported."""

LIBRARIES = "site-packages/"
"""What the path of a file begins with that belongs to no folder of the application."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Everything that one analysis reads; `left_out` counts what is not meant to be read."""

    root: str
    application: str | None
    configuration: Configuration
    configuration_mistakes: tuple[Diagnostic, ...]
    sources: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    skipped: Mapping[str, int]
    left_out: Mapping[str, int]
    migrations: Callable[[str], DirectoryListing | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What outside the tree decides how it is read: the slugs known, and where libraries are."""

    slugs: Collection[str]
    python: str | None
    active_environment: str | None


def configurations_below(root: str) -> tuple[str, ...]:
    """Every `infragraph.yaml` of the tree, relative to `root`."""
    scope = Scope(ignored=_ignored(root, ()), include_tests=False)
    return tuple(walk(root, scope).configurations)


def has_configuration(root: str) -> bool:
    """Whether `root` itself holds an `infragraph.yaml`: then those below it are not asked."""
    try:
        return stat.S_ISREG(os.lstat(f"{root}/{FILE}").st_mode)
    except OSError:
        return False


def application_named(root: str, configuration: str) -> str | None:
    """The application that a configuration below `root` names, if it can be read."""
    content = read(f"{root}/{configuration}")
    if isinstance(content, NotRead):
        return None
    anything = _Anything()
    parsed, _ = parse_configuration(
        content, slugs=anything, is_folder=anything.__contains__, is_file=anything.__contains__
    )
    return parsed.application


def discover(
    root: str,
    surroundings: Surroundings,
    survey: Survey,
    told: Told = untold,
    memory: Memory | None = None,
) -> Tree:
    """The tree below `root`, sorted by path; a mistake in its configuration leaves it unread.

    `survey` reads the files that the walk finds, and keeps of them what names say; `memory`
    may know what followed from that.
    """
    told("find", 0, 0)
    configuration, mistakes = _configuration(root, surroundings.slugs)
    if mistakes:
        return _unread(root, mistakes)
    scope = Scope(
        ignored=_ignored(root, configuration.exclude), include_tests=configuration.include_tests
    )
    walked = walk(root, scope)
    found, skipped = _surveyed(root, walked, survey)
    project = _project(root)
    naming = _name(root, found, configuration, project, memory or Forgetful())
    libraries, missing = _libraries(root, configuration.libraries, surroundings, survey)
    if missing:
        return _unread(root, missing)
    own = {file.path for file in libraries}
    sources = [
        SourceFile(
            path=file.path,
            module=file.module,
            location=f"{root}/{file.path}",
            sketch=found[file.path].sketch,
            digest=found[file.path].digest,
            is_package=file.is_package,
        )
        for file in naming.files
        if file.path not in own
    ]
    return Tree(
        root=root,
        application=configuration.application or project.name,
        configuration=configuration,
        configuration_mistakes=(),
        sources=tuple(sorted((*sources, *libraries), key=lambda file: file.path)),
        diagnostics=tuple(sorted(_findings(skipped, naming), key=lambda found: found.span)),
        skipped=_counts(skipped, naming),
        left_out=dict(sorted(walked.left_out.items())),
        migrations=partial(sql_files, root),
    )


def _unread(root: str, mistakes: tuple[Diagnostic, ...]) -> Tree:
    return Tree(
        root=root,
        application=None,
        configuration=NO_CONFIGURATION,
        configuration_mistakes=mistakes,
        sources=(),
        diagnostics=(),
        skipped={},
        left_out={},
        migrations=partial(sql_files, root),
    )


def _configuration(
    root: str, slugs: Collection[str]
) -> tuple[Configuration, tuple[Diagnostic, ...]]:
    content = read(f"{root}/{FILE}")
    if isinstance(content, NotRead):
        if content.reason == "vanished":
            return NO_CONFIGURATION, ()
        return NO_CONFIGURATION, (
            _not_read(Skipped(path=FILE, reason=content.reason, is_directory=False)),
        )
    return parse_configuration(
        content,
        slugs=slugs,
        is_folder=lambda path: _own(root, path) and Path(root, path).is_dir(),
        is_file=lambda path: _own(root, path) and Path(root, path).is_file(),
    )


def _own(root: str, path: str) -> bool:
    """Whether a path lies below the root once every link in it is followed."""
    top = Path(root).resolve()
    return Path(root, path).resolve().is_relative_to(top)


def _ignored(root: str, exclude: tuple[str, ...]) -> tuple[Rule, ...]:
    lines: list[str] = []
    # A folder of git's own that is a link may lead out of the tree.
    has_link = any(Path(root, name).is_symlink() for name in (".git", ".git/info"))
    for name in (".gitignore",) if has_link else (".git/info/exclude", ".gitignore"):
        content = read(f"{root}/{name}")
        if not isinstance(content, NotRead):
            lines.extend(content.decode(errors="replace").splitlines())
    return rules((*lines, *exclude))


def _project(root: str) -> Project:
    content = read(f"{root}/pyproject.toml")
    return NO_PROJECT if isinstance(content, NotRead) else parse_project(content)


def _surveyed(
    root: str, walked: Walk, survey: Survey
) -> tuple[dict[str, Surveyed], tuple[Skipped, ...]]:
    """What the files hold, by path relative to the root, and those that could not be read."""
    found: dict[str, Surveyed] = {}
    skipped = list(walked.skipped)
    locations = [f"{root}/{path}" for path in walked.python]
    for path, one in zip(walked.python, surveyed(locations, survey), strict=True):
        if isinstance(one, NotRead):
            skipped.append(Skipped(path=path, reason=one.reason, is_directory=False))
        else:
            found[path] = one
    return found, tuple(skipped)


def _name(
    root: str,
    found: Mapping[str, Surveyed],
    configuration: Configuration,
    project: Project,
    memory: Memory,
) -> Naming:
    roots = configuration.roots or project.roots
    if (
        not roots
        and "src/__init__.py" not in found
        and any(path.startswith("src/") for path in found)
    ):
        roots = ("src",)
    name = Path(root).resolve().name
    inside = name if "__init__.py" in found and name.isidentifier() else ""
    seen = [(path, one.seen) for path, one in found.items()]
    if not all(stamp for _, stamp in seen):
        return name_modules(_imports(found), roots, inside=inside)
    key = digest(marshal.dumps((list(roots), inside, seen), 2))
    known = memory.concluded(_NAMING, key)
    if known is not None:
        files, shadowed = known
        return Naming(tuple([Named(*one) for one in files]), tuple(shadowed))
    naming = name_modules(_imports(found), roots, inside=inside)
    plain = [tuple(one) for one in naming.files]
    memory.conclude(_NAMING, key, (plain, list(naming.shadowed)))
    return naming


def _imports(found: Mapping[str, Surveyed]) -> Mapping[str, Imports]:
    return {path: one.sketch.imported_modules for path, one in found.items()}


def _libraries(
    root: str, libraries: tuple[Library, ...], surroundings: Surroundings, survey: Survey
) -> tuple[tuple[SourceFile, ...], tuple[Diagnostic, ...]]:
    files: dict[str, SourceFile] = {}
    missing: list[Diagnostic] = []
    for library in libraries:
        if library.path is None:
            folders = site_packages(
                surroundings.python, Path(root), surroundings.active_environment
            )
            place, shown = "the environment", LIBRARIES
        else:
            folders = (Path(root, library.path),)
            place, shown = f"'{library.path}'", f"{library.path}/"
        found = find_package(library.package, folders)
        if found is None:
            missing.append(LIBRARY_NOT_FOUND.at(library.span, name=library.package, place=place))
        else:
            files |= {
                file.path: file for file in _library_files(library.package, found, shown, survey)
            }
    return tuple(files.values()), tuple(missing)


def _library_files(package: str, found: Path, shown: str, survey: Survey) -> Iterator[SourceFile]:
    relative = package.replace(".", "/")
    if found.is_file():
        (one,) = surveyed([str(found)], survey)
        if not isinstance(one, NotRead):
            yield SourceFile(
                path=f"{shown}{relative}.py",
                module=package,
                location=str(found),
                sketch=one.sketch,
                digest=one.digest,
                is_library=True,
            )
        return
    scope = Scope(ignored=(), include_tests=False, own_application_only=False)
    held, _ = _surveyed(str(found), walk(str(found), scope), survey)
    for file in name_modules(_imports(held), ("",), inside=package).files:
        yield SourceFile(
            path=f"{shown}{relative}/{file.path}",
            module=f"{package}.{file.path.removesuffix('.py').replace('/', '.')}".removesuffix(
                ".__init__"
            ),
            location=f"{found}/{file.path}",
            sketch=held[file.path].sketch,
            digest=held[file.path].digest,
            is_package=file.is_package,
            is_library=True,
        )


def _findings(skipped: tuple[Skipped, ...], naming: Naming) -> Iterator[Diagnostic]:
    yield from (_not_read(one) for one in skipped)
    for module, package in naming.shadowed:
        yield MODULE_HIDDEN.at(_start(module), package=package)
    for file in naming.files:
        if file.twin is not None:
            yield MODULE_NAMED_TWICE.at(_start(file.path), module=file.module, other=file.twin)


def _not_read(skipped: Skipped) -> Diagnostic:
    problem = DIRECTORY_NOT_READ if skipped.is_directory else FILE_NOT_READ
    return problem.at(_start(_printable(skipped.path)), reason=WHY[skipped.reason])


def _printable(path: str) -> str:
    decoded = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in decoded
    )


def _start(path: str) -> SourceSpan:
    return SourceSpan(path=path, line=1, column=1, end_line=1, end_column=1)


def _counts(skipped: tuple[Skipped, ...], naming: Naming) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for one in skipped:
        counts[one.reason] = counts.get(one.reason, 0) + one.count
    if naming.shadowed:
        counts["hidden"] = len(naming.shadowed)
    return dict(sorted(counts.items()))


class _Anything(Collection[str]):
    """Holds every text: to read one key of a configuration, whatever is wrong with the others."""

    def __contains__(self, _: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
