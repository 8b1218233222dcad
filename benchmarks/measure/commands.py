"""The command lines of `commands.toml`, filled in for a corpus."""

import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure.processes import Command, Failure

_FILE = Path(__file__).with_name("commands.toml")
_REFERENCES = Path(__file__).parents[1] / "references"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    run: tuple[str, ...]
    requires: tuple[str, ...]
    wishes: tuple[str, ...]
    accepted: frozenset[int]


def templates(file: Path = _FILE) -> Mapping[str, Template]:
    document = tomllib.loads(file.read_text("utf-8"))
    return {
        name: Template(
            run=tuple(entry["run"]),
            requires=tuple(entry.get("requires", ())),
            wishes=tuple(entry.get("wishes", ())),
            accepted=frozenset(entry.get("accepted", (0,))),
        )
        for name, entry in document.items()
    }


def programs(infragraph: str | None) -> Mapping[str, str]:
    """Those of the environment that runs this, but for a command that is given."""
    scripts = Path(sysconfig.get_path("scripts"))
    return {
        "python": sys.executable,
        "infragraph": infragraph or str(scripts / "infragraph"),
        "ruff": str(scripts / "ruff"),
        "references": str(_REFERENCES),
    }


def options(infragraph: str) -> str:
    """What `analyze --help` says of its options."""
    words = (infragraph, "analyze", "--help")
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def filled(
    template: Template, places: Mapping[str, str], packages: Sequence[str], known: str
) -> Command | Failure:
    """`known` is the help text that options are looked for in."""
    missing = [option for option in template.requires if option not in known]
    if missing:
        return Failure(reason=f"the command has no {' '.join(missing)} yet")
    wished = [option for option in template.wishes if option in known]
    words = (*_words(template.run, places, packages), *wished)
    return Command(words=words, accepted=template.accepted)


def _words(
    words: Sequence[str], places: Mapping[str, str], packages: Sequence[str]
) -> Iterator[str]:
    for word in words:
        if word == "{packages}":
            yield from packages
        else:
            yield word.format(**places)
