"""The run behind `infragraph destroy aws`: what is there, what stays, question, removal."""

from collections.abc import Iterator

from infragraph.cli.deploy_request import Request, choose, confirmed, failed, progress
from infragraph.cli.exits import Exit
from infragraph.cli.output import show, to_screen
from infragraph.deploy.aws.clients import connect, told
from infragraph.deploy.aws.events import Watched
from infragraph.deploy.errors import DeploymentError
from infragraph.deploy.pace import Pace
from infragraph.usecases import destroy


def run(request: Request) -> Exit:
    chosen = choose(request)
    environment = chosen.environment
    application = chosen.found.report.graph.application
    try:
        with told():
            clients = connect(environment.region)
            found = destroy.look(clients, application, environment)
            if not found.stacks:
                progress(f"nothing of {application}-{environment.name} is there")
                return Exit.CLEAN
            show(to_screen("".join(f"{line}\n" for line in _told(found))))
            if not confirmed(environment, is_confirmed=request.is_confirmed):
                progress("nothing was removed")
                return Exit.FINDINGS
            pace = Pace(factor=0.05) if clients.is_emulated else Pace()
            destroy.carry_out(found, Watched(pace=pace, tell=progress))
    except DeploymentError as error:
        return failed(error)
    return Exit.CLEAN


def _told(found: destroy.Removal) -> Iterator[str]:
    yield "These stacks are removed, with all that they hold:"
    for stack in found.stacks:
        yield f"  {stack.name} ({stack.status})"
    yield ""
    if not found.staying:
        yield "Nothing of them stays."
        return
    yield f"This stays, and costs what it costs ({len(found.staying)}):"
    for one in found.staying:
        snapshot = " as a snapshot" if one.is_snapshot else ""
        yield f"  {one.type} {one.id}: {one.physical}{snapshot}"
