"""The file of patches that an environment names, with the place of every key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from infragraph.diagnostics.configuration_problems import (
    CONFIGURATION_PATH_NOT_FOUND,
    CONFIGURATION_WRONG_TYPE,
)
from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.source import SourceSpan
from infragraph.workspace import yaml_nodes
from infragraph.workspace.places import Keys, places
from infragraph.workspace.reading import NotRead, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """Patches by logical address; with a mistake in the file there are none."""

    patches: Mapping[str, Mapping[str, object]]
    spans: Mapping[Keys, SourceSpan]
    mistakes: tuple[Diagnostic, ...] = ()


NO_OVERRIDES = Overrides(patches={}, spans={})


def read_overrides(root: str, path: str, named_at: SourceSpan) -> Overrides:
    """`path` is relative to the root, and was looked for when the configuration was read."""
    content = read(f"{root}/{path}")
    if isinstance(content, NotRead):
        return _mistaken(CONFIGURATION_PATH_NOT_FOUND.at(named_at, path=path, wanted="a file"))
    document, mistakes = yaml_nodes.read_document(content, path)
    if document is None or mistakes:
        return _mistaken(*mistakes)
    wrong = tuple(_wrong(document))
    if wrong:
        return _mistaken(*wrong)
    return Overrides(
        patches=cast("Mapping[str, Mapping[str, object]]", document.value()),
        spans={keys: place.key for keys, place in places(document).items()},
    )


def _wrong(document: yaml_nodes.Node) -> list[Diagnostic]:
    """What is no mapping of addresses to properties."""
    if not isinstance(document, yaml_nodes.Mapping):
        return [_no_mapping(document.span, "the file of overrides")]
    return [
        _no_mapping(value.span, address.text)
        for address, value in document.entries
        if not isinstance(value, yaml_nodes.Mapping)
    ]


def _no_mapping(span: SourceSpan, key: str) -> Diagnostic:
    return CONFIGURATION_WRONG_TYPE.at(
        span, key=key, found="another value", expected_type="a mapping of keys to values"
    )


def _mistaken(*mistakes: Diagnostic) -> Overrides:
    return Overrides(patches={}, spans={}, mistakes=mistakes)
