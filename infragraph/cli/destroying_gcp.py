"""The run behind `infragraph destroy gcp`: what goes, what stays, question, removal."""

from infragraph.cli.deploy_request import Request, choose, confirmed, failed, made, progress
from infragraph.cli.exits import Exit
from infragraph.cli.output import show, to_screen
from infragraph.deploy.errors import DeploymentError
from infragraph.deploy.gcp.commands import demand_tools
from infragraph.deploy.gcp.removal import going, remove, staying
from infragraph.deploy.gcp.stages import demand_project


def run(request: Request) -> Exit:
    """Of what the source says by now; apply.sh lists what it says no more."""
    chosen = choose(request)
    generation = made(request, chosen)
    if isinstance(generation, Exit):
        return generation
    environment = chosen.environment
    every = going(generation.plan, str(environment.project), environment.region)
    lines = [f"These are removed from project {environment.project} ({len(every)}):"]
    lines += [f"  {one.kind} {one.name}" for one in every]
    left = staying(generation.plan)
    lines += ["", f"This stays, and costs what it costs ({len(left)}):"]
    lines += [f"  {kind} {name}" for kind, name in left]
    show(to_screen("".join(f"{line}\n" for line in lines)))
    if not confirmed(environment, is_confirmed=request.is_confirmed):
        progress("nothing was removed")
        return Exit.FINDINGS
    try:
        demand_tools()
        demand_project(environment)
        remove(every, progress)
    except DeploymentError as error:
        return failed(error)
    return Exit.CLEAN
