"""`infragraph explain`: what a finding means, and what to do about it."""

from typing import Annotated

import typer

HELP = """Explain a finding: what it means, why it matters, and how to fix it.

\b
Examples:
  infragraph explain IG7101
  infragraph explain unused-ignore
  infragraph explain
"""


def explain(
    code: Annotated[
        str | None,
        typer.Argument(metavar="CODE", help="A code or slug; without one, all are listed."),
    ] = None,
) -> None:
    """What a finding means, or a list of all."""
    from infragraph.cli.exits import stop  # noqa: PLC0415 - `--help` needs none of it
    from infragraph.cli.output import columns, show  # noqa: PLC0415
    from infragraph.usecases import explain as usecase  # noqa: PLC0415
    from infragraph.usecases.problems import ALL_PROBLEMS, UnknownName, find  # noqa: PLC0415

    if code is None:
        show("".join(f"{line}\n" for line in usecase.overview(ALL_PROBLEMS)))
        return
    found = find(code, ALL_PROBLEMS)
    if isinstance(found, UnknownName):
        hint = f"did you mean '{found.near}'?" if found.near else "'infragraph explain' lists all"
        stop(f"there is no problem '{code}'; {hint}")
    show("".join(f"{line}\n" for line in usecase.explain(found, columns())))
