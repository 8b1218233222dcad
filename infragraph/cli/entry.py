"""The application of commands, and what happens when one of them fails."""

import sys
from typing import Annotated

import typer

from infragraph.cli import (
    analyze,
    cache,
    databases,
    deploy,
    destroy,
    diagram,
    explain,
    export,
    generate,
    new,
    query,
    schema,
    secrets,
    trigger,
)
from infragraph.cli import run as run_command
from infragraph.cli import test as test_command
from infragraph.cli.exits import Exit, describe, report_bug, stop

_HELP = """Shows the infrastructure of an event-driven Python application, without running it.

\b
Start with:
  infragraph analyze              the graph and the findings of the application in this folder
  infragraph explain dead-topic   what a finding means, and what to do about it
  infragraph query impact NODE    everything downstream of a topic, endpoint, database …

Every command has a --help of its own, with examples.
"""


def run() -> None:
    """Run the command of `sys.argv`."""
    try:
        application()(prog_name="infragraph")
    except OSError as error:
        stop(describe(error))
    except Exception as error:  # noqa: BLE001 - the top: a bug is told apart from a finding
        report_bug(error)
        sys.exit(Exit.BUG)


def application() -> typer.Typer:
    application = typer.Typer(
        name="infragraph",
        help=_HELP,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    application.callback(help=_HELP)(_options)
    application.command(
        "analyze",
        help=analyze.HELP,
        short_help="Show the graph of an application, and what is wrong.",
    )(analyze.analyze)
    application.command("explain", help=explain.HELP, short_help="Explain a finding.")(
        explain.explain
    )
    application.command("schema", help=schema.HELP, short_help="Print a JSON Schema.")(
        schema.schema
    )
    application.command("diagram", help=diagram.HELP, short_help="Draw the graph.")(diagram.diagram)
    application.command(
        "export", help=export.HELP, short_help="Write documents about the application."
    )(export.export)
    application.command(
        "generate", help=generate.HELP, short_help="Generate what an environment needs."
    )(generate.generate)
    application.command(
        "deploy", help=deploy.HELP, short_help="Deploy an environment to its cloud."
    )(deploy.deploy)
    application.command(
        "destroy", help=destroy.HELP, short_help="Remove an environment from its cloud."
    )(destroy.destroy)
    application.add_typer(
        secrets.setters(), name="secrets", short_help="Give secrets their values."
    )
    application.command("run", help=run_command.HELP, short_help="Run the application here.")(
        run_command.run
    )
    application.command(
        "test",
        cls=test_command.SplitCommand,
        help=test_command.HELP,
        short_help="Run the tests on real infrastructure.",
    )(test_command.suite)
    application.add_typer(new.makers(), name="new", short_help="Make an application, or a part.")
    application.add_typer(
        query.questions(), name="query", short_help="Ask a question on the graph."
    )
    application.add_typer(
        databases.commands(), name="db", short_help="The databases of a run on this machine."
    )
    triggers = typer.Typer(help=trigger.HELP, rich_markup_mode=None, no_args_is_help=True)
    triggers.command("cron", help=trigger.CRON, short_help="Run a cron now.")(trigger.cron)
    application.add_typer(triggers, name="trigger", short_help="Make something happen now.")
    kept = typer.Typer(help=cache.HELP, rich_markup_mode=None, no_args_is_help=True)
    kept.command("clear", help=cache.CLEAR, short_help="Remove all that is kept.")(cache.clear)
    application.add_typer(kept, name="cache", short_help="What is kept between runs.")
    return application


def _show_version(is_asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if is_asked:
        from infragraph.cli.version import VERSION  # noqa: PLC0415 - rarely asked together

        typer.echo(f"infragraph {VERSION}")
        raise typer.Exit


def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Options of no command in particular."""
