"""Steps of the script: what is run, and on which condition."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Command: TypeAlias = tuple[str, ...]
"""Words, the first of which stands behind `gcloud`."""

STAGES = (
    "apis",
    "accounts",
    "network",
    "data",
    "topics",
    "access",
    "jobs",
    "run",
    "subscriptions",
    "schedules",
    "alerts",
)
"""In order; each can be asked for alone."""

FOUND = "@found"
"""A word of an update that stands for what was listed."""

DOCUMENT = "@document"
"""The end of a word that stands for the file with a command's document."""

REMEMBERED = "@remembered"
"""The end of a word that stands for what was listed and remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensure:
    """`update` what `describe` finds, `create` it where it finds nothing."""

    describe: Command
    create: Command
    update: Command = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """As `Ensure`, where only a list tells whether there is something, by not being empty."""

    listing: Command
    create: Command
    update: Command = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remember:
    """What a list finds, for the steps that follow."""

    listing: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Generate:
    """A value that nobody has to know, given to `create` as a document where a list finds none."""

    listing: Command
    create: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Always:
    """What may be run as often as one likes."""

    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Bind:
    """A role given to a member, who may not be known everywhere yet."""

    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Fed:
    """What reads a document from a file; where it has an image, `image` stands for that."""

    command: Command
    document: str
    image: str | None = None


Action: TypeAlias = Ensure | Listed | Remember | Generate | Always | Bind | Fed


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one resource needs in one stage; `about` says what it is there for."""

    stage: str
    about: str
    actions: tuple[Action, ...]


def flags(*pairs: tuple[str, str | None]) -> Command:
    """`--name=value` for each that has a value."""
    return tuple(f"--{name}={value}" for name, value in pairs if value is not None)


def listed(values: Sequence[str]) -> str | None:
    """Values that hold no comma, as one."""
    return ",".join(values) or None


def texts(action: Action) -> tuple[str, ...]:
    """Every word of an action, and its document."""
    match action:
        case Ensure(describe=look) | Listed(listing=look):
            return (*look, *action.create, *action.update)
        case Generate(listing=look, create=create):
            return (*look, *create)
        case Remember(listing=words) | Always(command=words) | Bind(command=words):
            return words
        case Fed(command=words, document=document):
            return (*words, document)
