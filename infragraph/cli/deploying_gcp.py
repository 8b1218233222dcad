"""The run behind `infragraph deploy gcp`: graph, script, plan, question, stages."""

from infragraph.cli.deploy_request import Request, agreed, choose, failed, made, progress
from infragraph.cli.exits import Exit, stop
from infragraph.cli.output import show, to_screen
from infragraph.deploy.errors import DeploymentError
from infragraph.deploy.gcp.commands import demand_tools
from infragraph.deploy.gcp.stages import (
    Deployment,
    demand_project,
    laid_out,
    setting_of,
    show_plan,
)
from infragraph.formats.gcloud.render import SCRIPT
from infragraph.usecases import deploy_gcp

_FOR_AWS = (
    ("allowed", "--allow-replace"),
    ("parameters", "--parameter"),
    ("is_bootstrap", "--bootstrap"),
    ("left_out", "--without"),
)


def run(request: Request) -> Exit:
    for name, option in _FOR_AWS:
        if getattr(request, name):
            stop(f"{option} is about AWS; apply.sh replaces and removes nothing")
    if request.image is not None and request.rollback is not None:
        stop("--image and --rollback name two images; name one")
    chosen = choose(request)
    generation = made(request, chosen)
    if isinstance(generation, Exit):
        return generation
    texts = {one.artifact.path: one.artifact.content for one in generation.made}
    given = request.rollback or request.image
    try:
        demand_tools()
        image = given or "" if request.is_plan else deploy_gcp.demand_image(given)
        demand_project(chosen.environment)
        with laid_out(texts[SCRIPT]) as script:
            it = Deployment(
                script=script,
                setting=setting_of(chosen.found.report.graph, chosen.environment),
                plan=generation.plan,
                image=image,
                tell=progress,
            )
            return _carried_out(request, it)
    except DeploymentError as error:
        return failed(error)


def _carried_out(request: Request, it: Deployment) -> Exit:
    _show(request, it)
    if request.is_plan:
        return Exit.CLEAN
    question = f"run these in project {it.environment.project}? [y/N]"
    if not agreed(question, "y", is_confirmed=request.is_confirmed):
        progress("nothing was changed")
        return Exit.FINDINGS
    if request.rollback is None:
        deploy_gcp.carry_out(it)
    else:
        deploy_gcp.go_back(it)
    return Exit.CLEAN


def _show(request: Request, it: Deployment) -> None:
    lines: list[str] = []
    show_plan(it, lines.append)
    text = "".join(f"{line}\n" for line in lines)
    if request.form == "markdown":
        fence = "`" * max(3, 1 + max((line.count("`") for line in lines), default=0))
        text = f"### {it.plan.application}-{it.plan.environment}\n\n{fence}sh\n{text}{fence}\n"
    show(to_screen(text))
