"""The run behind `infragraph deploy aws`: graph, template, plan, question, phases, outputs."""

import json
from collections.abc import Iterable, Mapping

from infragraph.cli.deploy_request import Chosen, Request, agreed, choose, failed, made, progress
from infragraph.cli.exits import Exit, stop
from infragraph.cli.output import show, to_screen
from infragraph.deploy.aws import bootstrap as bootstrapping
from infragraph.deploy.aws.account import demand_account
from infragraph.deploy.aws.clients import Clients, connect, told
from infragraph.deploy.aws.events import Watched
from infragraph.deploy.aws.planning import StackPlan
from infragraph.deploy.aws.stateful import destructive
from infragraph.deploy.aws.storage import bootstrap_stack
from infragraph.deploy.errors import DeploymentError
from infragraph.deploy.pace import Pace
from infragraph.deploy.telling import markdown, text
from infragraph.usecases import deploy
from infragraph.usecases.generate import Generation

_NO = "nothing was changed"


def run(request: Request) -> Exit:
    if request.image is not None and request.rollback is not None:
        stop("--image and --rollback name two images; name one")
    chosen = choose(request)
    generation = made(request, chosen)
    if isinstance(generation, Exit):
        return generation
    try:
        with told():
            clients = connect(chosen.environment.region)
            if request.is_bootstrap:
                return _bootstrap(request, chosen, generation, clients)
            return _deploy(request, chosen, generation, clients)
    except DeploymentError as error:
        return failed(error)


def _deploy(request: Request, chosen: Chosen, generation: Generation, clients: Clients) -> Exit:
    order = deploy.Order(
        image=request.image,
        rollback=request.rollback,
        by_hand=request.parameters,
        allowed=request.allowed,
        left_out=request.left_out,
        is_plan=request.is_plan,
    )
    graph, environment = chosen.found.report.graph, chosen.environment
    subject = deploy.Subject(
        graph=graph,
        environment=environment,
        artifacts=tuple(one.artifact for one in generation.made),
    )
    watched = Watched(pace=_pace(clients), tell=progress)
    target = deploy.look(order, clients, subject, watched)
    plans = deploy.planned(target, order)
    show(to_screen(_shown(plans, request.form)))
    deploy.demand_harmless(plans, request.allowed)
    if request.is_plan:
        return Exit.CLEAN
    where = f"{graph.application}-{environment.name} in account {environment.account}"
    question = f"deploy {where}, {environment.region}? [y/N]"
    if not agreed(question, "y", is_confirmed=request.is_confirmed):
        progress(_NO)
        return Exit.FINDINGS
    _print(deploy.carry_out(target, order))
    return Exit.CLEAN


def _bootstrap(request: Request, chosen: Chosen, generation: Generation, clients: Clients) -> Exit:
    demand_account(clients, chosen.environment)
    application = chosen.found.report.graph.application
    texts = {one.artifact.path: one.artifact.content for one in generation.made}
    it = bootstrapping.Bootstrap(
        clients=clients,
        stack=bootstrap_stack(application),
        template=bootstrapping.trusting(clients, application, json.loads(texts["bootstrap.json"])),
        values=request.parameters,
        pace=_pace(clients),
        tell=progress,
    )
    plan = bootstrapping.plan_bootstrapping(it)
    show(to_screen(_shown((plan,), request.form)))
    if request.is_plan:
        return Exit.CLEAN
    question = f"deploy {it.stack} in account {chosen.environment.account}? [y/N]"
    if not agreed(question, "y", is_confirmed=request.is_confirmed):
        progress(_NO)
        return Exit.FINDINGS
    _print(bootstrapping.bootstrap(it))
    return Exit.CLEAN


def _shown(plans: Iterable[StackPlan], form: str) -> str:
    render = markdown if form == "markdown" else text
    return "\n".join(render(one.stack, one.changes, destructive(one.changes)) for one in plans)


def _print(outputs: Mapping[str, str]) -> None:
    show(to_screen("".join(f"{name} = {value}\n" for name, value in outputs.items())))


def _pace(clients: Clients) -> Pace:
    """An emulator is done before AWS would have begun."""
    return Pace(factor=0.05) if clients.is_emulated else Pace()
