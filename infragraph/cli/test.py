"""`infragraph test`: a suite on the real infrastructure of this machine."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from infragraph.cli.options import App, Folder

HELP = """Run the application's tests on the real infrastructure of this machine.

\b
Pytest runs in the folder PATH, with what stands behind '--' as its arguments. The fixture 'infra'
then has a NATS JetStream and a PostgreSQL as 'infragraph run' starts them, where plain pytest has
queues in memory; each test has streams and databases of its own. Both end with the suite.

\b
It needs infragraph-cli[local] and pytest.

Exit codes: those of pytest; before it begins, 1 an application with errors, 2 usage or system.

\b
Examples:
  infragraph test
  infragraph test services/shop -- -k signup -x
"""

_ARGUMENTS = "infragraph.pytest"


class SplitCommand(TyperCommand):
    """Everything behind `--` is pytest's, whatever it looks like."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        ours = args
        if "--" in args:
            place = args.index("--")
            ours = args[:place]
            ctx.meta[_ARGUMENTS] = tuple(args[place + 1 :])
        return super().parse_args(ctx, ours)


def suite(
    context: typer.Context,
    path: Folder = ".",
    *,
    postgres_bin: Annotated[
        Path | None,
        typer.Option(
            "--postgres-bin", metavar="DIR", help="The folder with PostgreSQL's programs."
        ),
    ] = None,
    app: App = None,
) -> None:
    """The application's tests."""
    # `--help` needs none of it.
    from infragraph.cli.exits import stop  # noqa: PLC0415

    try:
        from infragraph.cli.testing import Request, run_tests  # noqa: PLC0415
    except ModuleNotFoundError as error:
        stop(f"'{error.name}' is not installed: install 'infragraph-cli[local]' and pytest")
    arguments: Any = context.meta.get(_ARGUMENTS, ())
    request = Request(path=Path(path), application=app, postgres=postgres_bin, arguments=arguments)
    raise typer.Exit(run_tests(request))
