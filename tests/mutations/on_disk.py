"""Mistakes that no edit of a text shows: it is the file itself that is at fault."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from infragraph.portability.checks import PORTABILITY_PROBLEMS
from infragraph.portability.plans import ALARMS_UNHEARD
from infragraph.workspace.walking import MAXIMUM_DEPTH


@dataclass(frozen=True, slots=True)
class Planting:
    """The code of the only finding, the path it is told of, and what makes it."""

    code: str
    path: str
    plant: Callable[[Path], None]

    def __str__(self) -> str:
        return f"{self.code}-{self.plant.__name__.strip('_')}"


def _larger_than_any_source(root: Path) -> None:
    (root / "shop/emails/words.py").write_text(f'WORDS = "{"x" * 5_000_000}"\n', "utf-8")


def _longer_than_any_source(root: Path) -> None:
    (root / "shop/emails/words.py").write_text("WORD = 1\n" * 100_001, "utf-8")


def _bytes_of_another_encoding(root: Path) -> None:
    (root / "shop/emails/words.py").write_bytes(b'WORD = "\xff"\n')


def _a_link_to_nothing(root: Path) -> None:
    (root / "shop/emails/words.py").symlink_to("nothing.py")


def _a_pipe(root: Path) -> None:
    os.mkfifo(root / "shop/emails/words.py")


def _a_link_out_of_the_application(root: Path) -> None:
    outside = root.parent / "words.py"
    outside.write_text("WORD = 1\n", "utf-8")
    (root / "shop/emails/words.py").symlink_to(outside)


def _folders_without_end(root: Path) -> None:
    (root / DEEP / "d").mkdir(parents=True)


def _a_migration_of_another_encoding(root: Path) -> None:
    path = root / "shop/orders/migrations/0003_words.up.sql"
    path.write_bytes(b"comment on table orders is '\xff';\n")


def _a_link_to_a_migration(root: Path) -> None:
    (root / "shop/orders/migrations/0003_words.up.sql").symlink_to("0002_create_lines.up.sql")


DEEP = "/".join(["shop", *["d"] * MAXIMUM_DEPTH])
WORDS = "shop/emails/words.py"
MIGRATION = "shop/orders/migrations/0003_words.up.sql"

ON_DISK: tuple[Planting, ...] = (
    Planting("IG1002", WORDS, _bytes_of_another_encoding),
    Planting("IG1005", WORDS, _larger_than_any_source),
    Planting("IG1006", WORDS, _longer_than_any_source),
    Planting("IG1101", WORDS, _a_link_to_nothing),
    Planting("IG1101", WORDS, _a_pipe),
    Planting("IG1101", WORDS, _a_link_out_of_the_application),
    Planting("IG1102", DEEP, _folders_without_end),
    Planting("IG2607", MIGRATION, _a_migration_of_another_encoding),
    Planting("IG2607", MIGRATION, _a_link_to_a_migration),
)

UNPLANTED: Mapping[str, str] = {
    **{
        problem.code: "planted into an application that fits every target, in tests/portability"
        for problem in PORTABILITY_PROBLEMS
        if problem != ALARMS_UNHEARD  # planted where something is generated
    },
    "IG1007": "a file that crashes the parsers of one Python alone, which is refused before",
    "IG1008": "a file that takes the parsers 20 seconds, which is refused before by its size",
    **dict.fromkeys(
        ("IG4070", "IG4071", "IG4072", "IG4073", "IG4074", "IG4075", "IG4076", "IG4077", "IG4080"),
        "a mistake for Google Cloud, see tests/targets/gcp/test_checks.py",
    ),
    "IG5001": "a file that is changed after it was generated, see tests/cli/test_generate.py",
    "IG5002": "a file where one is to be generated, see tests/cli/test_generate.py",
    "IG9001": "a plan that lacks a node, which is a bug of ours",
    "IG9002": "a plan with an address that no runtime reads, which is a bug of ours",
    "IG9003": "two nodes with one variable, which no names that pass before have",
}
"""Problems that stand behind other bounds, and cannot be reached by a file that passes these."""
