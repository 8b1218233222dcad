"""The run behind `infragraph secrets set`: environment, place of the value, value."""

import getpass
import sys

from infragraph.cli.boto import demand_boto
from infragraph.cli.deploy_request import Chosen, Request, choose_any, failed, progress
from infragraph.cli.exits import Exit, stop
from infragraph.deploy.errors import DeploymentError
from infragraph.diagnostics.words import nearest


def run(
    name: str, path: str, environment: str | None, application: str | None, python: str | None
) -> Exit:
    request = Request(
        what="", path=path, environment=environment, application=application, python=python
    )
    chosen = choose_any(request)
    _demand_declared(name, chosen)
    try:
        if chosen.environment.target == "aws":
            demand_boto()
            from infragraph.usecases.secrets import set_on_aws  # noqa: PLC0415 - an extra

            set_on_aws(name, chosen.found.report.graph, chosen.environment, value)
        else:
            from infragraph.deploy.gcp.secret_values import set_value  # noqa: PLC0415 - one cloud

            set_value(name, chosen.found.report.graph, chosen.environment, value)
    except DeploymentError as error:
        return failed(error)
    progress(f"{name} is set in {chosen.environment.name}; tasks read it within five minutes")
    return Exit.CLEAN


def value() -> str:
    """What is typed, or comes in, without the line's end behind it."""
    if sys.stdin.isatty():
        given = getpass.getpass("value: ")
    else:
        given = sys.stdin.read()
        given = given.removesuffix("\n").removesuffix("\r")
    if not given:
        stop("a value is needed, and none came")
    return given


def _demand_declared(name: str, chosen: Chosen) -> None:
    graph, collector = chosen.found.report.graph, chosen.environment.collector
    known = {node.name for node in graph.nodes if node.kind == "secret"}
    if collector is not None and collector.headers_secret is not None:
        known.add(collector.headers_secret)
    if name not in known:
        near = nearest(name, sorted(known))
        hint = f"; did you mean '{near}'?" if near else ""
        stop(f"the application has no secret {name!r}{hint}")
