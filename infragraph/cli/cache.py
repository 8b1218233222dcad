"""`infragraph cache`: what is kept between runs."""

from typing import Annotated

import typer

HELP = """What is kept between runs, so that one in which nothing has changed takes no time."""

CLEAR = """Remove all that is kept; the next run of each application reads everything anew.

\b
Example:
  infragraph cache clear
"""


def clear(
    *,
    cache_dir: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="The folder, where '--cache-dir' named another."),
    ] = None,
) -> None:
    """Removes the files of the cache, and no other."""
    from infragraph.cli.output import show  # noqa: PLC0415 - `--help` needs none of it
    from infragraph.workspace import cache  # noqa: PLC0415

    folder = cache.directory(cache_dir)
    removed = 0 if folder is None else cache.clear(folder)
    results = "1 result" if removed == 1 else f"{removed} results"
    show(f"removed {results} from {folder or 'no cache'}\n")
