"""`infragraph.runtime.<env>.json`: where each of the graph's things is for this process."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

VERSION = 1

AUDIT = "audit"
"""The member that says where the record of audited topics is."""


class ConfigurationError(Exception):
    """The file is not there, is not what it should be, or names a variable that is not set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What the file says, with what it leaves to the process's environment filled in.

    `resources` are the entries by the graph's node ids. `missing` are the variables that are not
    set, by the node whose entry names them: a process has those of what its service uses alone. The
    record of audited topics, `audit`, is as a node there.
    """

    application: str
    environment: str
    provider: str
    resources: Mapping[str, Mapping[str, object]]
    settings: Mapping[str, object]
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def address(self, node: str) -> Mapping[str, object]:
        """A node's entry.

        Raises:
            ConfigurationError: there is none, or a variable that it names is not set.
        """
        if node in self.missing:
            names = ", ".join(sorted(self.missing[node]))
            message = f"{node} is where a variable says that is not set: {names}"
            raise ConfigurationError(message)
        try:
            return self.resources[node]
        except KeyError:
            where = f"the runtime configuration of {self.environment!r}"
            message = f"{where} has no {node}: generate it again"
            raise ConfigurationError(message) from None


def read_configuration(path: Path, variables: Mapping[str, str]) -> Configuration:
    """Read the file; `variables` are those of the process's environment.

    Raises:
        ConfigurationError: what is wrong with it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"the runtime configuration {path} cannot be read: {error.strerror}"
        raise ConfigurationError(message) from error
    try:
        written = json.loads(text)
    except ValueError as error:
        message = f"the runtime configuration {path} is no JSON: {error}"
        raise ConfigurationError(message) from error
    return configuration(written, variables, str(path))


def configuration(written: object, variables: Mapping[str, str], name: str) -> Configuration:
    """The configuration of the parsed file `name`.

    Raises:
        ConfigurationError: as `read_configuration`.
    """
    if not isinstance(written, dict):
        message = f"{name} is no runtime configuration"
        raise ConfigurationError(message)
    entries = cast("dict[str, Any]", written)
    if entries.get("schema_version") != VERSION:
        message = f"{name} is no runtime configuration of version {VERSION}"
        raise ConfigurationError(message)
    known = ("application", "environment", "provider", "resources")
    absent = [key for key in known if key not in entries]
    if absent:
        message = f"{name} lacks {', '.join(absent)}"
        raise ConfigurationError(message)
    unset: set[str] = set()
    settings = {
        key: _filled(value, variables, unset)
        for key, value in entries.items()
        if key not in {"resources", AUDIT}
    }
    if unset:
        message = f"{name} needs variables that are not set: {', '.join(sorted(unset))}"
        raise ConfigurationError(message)
    resources: dict[str, Any] = {}
    missing: dict[str, frozenset[str]] = {}
    for node, entry in entries["resources"].items():
        unset = set()
        resources[node] = _filled(entry, variables, unset)
        if unset:
            missing[node] = frozenset(unset)
    if AUDIT in entries:
        unset = set()
        settings[AUDIT] = _filled(entries[AUDIT], variables, unset)
        if unset:
            missing[AUDIT] = frozenset(unset)
    return Configuration(
        application=str(settings["application"]),
        environment=str(settings["environment"]),
        provider=str(settings["provider"]),
        resources=resources,
        settings={key: value for key, value in settings.items() if key not in known},
        missing=missing,
    )


def _filled(value: object, variables: Mapping[str, str], missing: set[str]) -> object:
    """`{"env": NAME}` is the value of a variable; what is not set is added to `missing`."""
    if isinstance(value, dict):
        entries = cast("dict[str, object]", value)
        if entries.keys() == {"env"}:
            name = str(entries["env"])
            if name not in variables:
                missing.add(name)
            return variables.get(name, "")
        return {key: _filled(it, variables, missing) for key, it in entries.items()}
    if isinstance(value, list):
        return [_filled(it, variables, missing) for it in cast("list[object]", value)]
    return value
