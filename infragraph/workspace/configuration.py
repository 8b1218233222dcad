"""`infragraph.yaml`, read with the place of every key, so that a mistake is a diagnostic."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from infragraph.diagnostics.configuration_problems import (
    CONFIGURATION_PATH_NOT_FOUND,
    FILE,
)
from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.source import SourceSpan
from infragraph.schemas import schema

if TYPE_CHECKING:
    from infragraph.workspace.places import Keys, Place
    from infragraph.workspace.validating import Checks

Setting: TypeAlias = str | int | bool | Sequence["Setting"] | Mapping[str, "Setting"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A package whose source is read; `path` is its folder, None in an environment."""

    package: str
    path: str | None
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What the file says; environments and services are validated, and read by later commands.

    `named_services` are the names of services anywhere in it, by their places; `places` are where
    the keys of environments stand, by the name of the environment and the keys below it.
    """

    application: str | None = None
    owner: str | None = None
    roots: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    include_tests: bool = False
    libraries: tuple[Library, ...] = ()
    targets: tuple[str, ...] = ()
    severity: Mapping[str, str]
    dialects: tuple[str, ...] | None = None
    audit: str = "declared"
    services: Mapping[str, Setting]
    environments: Mapping[str, Setting]
    named_services: Mapping[SourceSpan, str]
    places: "Mapping[Keys, Place]" = field(default_factory=dict["Keys", "Place"])


NO_CONFIGURATION = Configuration(severity={}, services={}, environments={}, named_services={})


def parse_configuration(
    content: bytes,
    *,
    slugs: Collection[str],
    is_folder: Callable[[str], bool],
    is_file: Callable[[str], bool],
) -> tuple[Configuration, tuple[Diagnostic, ...]]:
    """The configuration and every mistake in it; with a mistake, it says nothing."""
    # An application without the file does not pay for YAML.
    from infragraph.workspace.places import places  # noqa: PLC0415
    from infragraph.workspace.validating import Checks, validate  # noqa: PLC0415
    from infragraph.workspace.yaml_nodes import read_document  # noqa: PLC0415

    document, mistakes = read_document(content, FILE)
    if document is None or mistakes:
        return NO_CONFIGURATION, mistakes
    checks = Checks(slugs=slugs)
    mistakes = tuple(validate(document, schema("config"), checks))
    missing = tuple(
        CONFIGURATION_PATH_NOT_FOUND.at(span, path=path, wanted=wanted)
        for path, span, wanted in checks.paths
        if not (is_folder(path) if wanted == "a folder" else is_file(path))
    )
    if mistakes or missing:
        return NO_CONFIGURATION, tuple(sorted((*mistakes, *missing), key=lambda found: found.span))
    settings = document.value()
    assert isinstance(settings, Mapping)
    below = {
        keys[1:]: place
        for keys, place in places(document).items()
        if keys[0] == "environments" and len(keys) > 1
    }
    return _configuration(settings, checks, below), ()


def _configuration(
    settings: Mapping[str, Setting], checks: "Checks", below: "Mapping[Keys, Place]"
) -> Configuration:
    application, owner = settings.get("application"), settings.get("owner")
    return Configuration(
        application=application if isinstance(application, str) else None,
        owner=owner if isinstance(owner, str) else None,
        roots=tuple(path.rstrip("/") for path in _texts(settings, "roots")),
        exclude=_texts(settings, "exclude"),
        include_tests=settings.get("include_tests") is True,
        libraries=tuple(_library(item, checks) for item in _items(settings, "libraries")),
        targets=_targets(settings),
        severity={slug: str(value) for slug, value in _entries(settings, "severity").items()},
        dialects=_texts(settings, "dialects") if "dialects" in settings else None,
        audit=str(settings.get("audit", "declared")),
        services=_entries(settings, "services"),
        environments=_entries(settings, "environments"),
        named_services=checks.services,
        places=below,
    )


def _targets(settings: Mapping[str, Setting]) -> tuple[str, ...]:
    environments = _entries(settings, "environments").values()
    of_environments = (one.get("target") for one in environments if isinstance(one, Mapping))
    named = {str(target) for target in of_environments if target is not None}
    return tuple(sorted({*_texts(settings, "targets"), *named}))


def _library(item: Setting, checks: "Checks") -> Library:
    if isinstance(item, Mapping):
        package, path = str(item["package"]), str(item["path"])
        return Library(package=package, path=path.rstrip("/"), span=checks.spans[package])
    package = str(item)
    return Library(package=package, path=None, span=checks.spans[package])


def _items(settings: Mapping[str, Setting], key: str) -> Sequence[Setting]:
    value = settings.get(key)
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _texts(settings: Mapping[str, Setting], key: str) -> tuple[str, ...]:
    return tuple(str(item) for item in _items(settings, key))


def _entries(settings: Mapping[str, Setting], key: str) -> Mapping[str, Setting]:
    value = settings.get(key)
    return value if isinstance(value, Mapping) else {}
