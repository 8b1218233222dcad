"""Options that take one of several words."""

from collections.abc import Callable, Sequence

JOINED = "|"


def metavar(choices: Sequence[str]) -> str:
    return JOINED.join(choices)


def completion(choices: Sequence[str]) -> Callable[[str], list[str]]:
    """What a shell offers for the beginning of a word."""

    def offered(incomplete: str) -> list[str]:
        return [choice for choice in choices if choice.startswith(incomplete)]

    return offered


def demand(option: str, given: str, choices: Sequence[str]) -> None:
    """Ends the run where a word is none of those that an option takes."""
    if given in choices:
        return
    from infragraph.cli.exits import stop  # noqa: PLC0415 - `--help` needs none of it
    from infragraph.diagnostics.words import alternatives  # noqa: PLC0415

    stop(f"{option} takes {alternatives(choices)}, and not '{given}'")
