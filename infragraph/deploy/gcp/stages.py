"""The stages of the script, and what a deployment does between them."""

import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infragraph.deploy.errors import refuse, refuse_use
from infragraph.deploy.gcp.commands import answered, streamed
from infragraph.formats.gcloud.render import SCRIPT
from infragraph.formats.gcloud.steps import STAGES
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Plan
from infragraph.targets.gcp.names import job_name, own_secret_name, secret_name
from infragraph.targets.gcp.setting import Setting, existing, nodes, services

LEFTOVERS = "leftovers"

_AT = STAGES.index("run")
BEFORE_SERVICES, SERVICES = STAGES[:_AT], STAGES[_AT:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """`script` is where apply.sh lies; `image` is a reference by digest, or empty for a plan."""

    script: Path
    setting: Setting
    plan: Plan
    image: str
    tell: Callable[[str], None]

    @property
    def environment(self) -> Environment:
        return self.setting.environment


@contextmanager
def laid_out(content: str) -> Generator[Path]:
    """The script as a file, for as long as it is run."""
    with tempfile.TemporaryDirectory(prefix="infragraph-") as folder:
        path = Path(folder, SCRIPT)
        path.write_text(content, encoding="utf-8")
        yield path


def demand_project(environment: Environment) -> None:
    """Ends the deployment where the credentials see another project than the one that is meant."""
    number = answered(
        (
            "gcloud",
            "projects",
            "describe",
            str(environment.project),
            "--format=value(projectNumber)",
        )
    )
    if number != environment.project_number:
        refuse_use(
            f"the environment {environment.name!r} is in project {environment.project} with number "
            f"{environment.project_number}, and gcloud says that its number is {number}",
            "mend project or project_number in infragraph.yaml",
        )


def show_plan(it: Deployment, tell: Callable[[str], None]) -> None:
    """What would be run, and what is needed no more; looks, and changes nothing."""
    streamed(("bash", str(it.script), "--plan"), _image(it), tell)


def run_stages(it: Deployment, stages: Sequence[str]) -> None:
    for stage in stages:
        streamed(("bash", str(it.script), "--only", stage), _image(it), it.tell)


def demand_values(it: Deployment) -> None:
    """Ends the deployment where a service would not start for want of a secret's value."""
    empty = [
        name
        for name, secret in _secrets(it.setting)
        if not answered(
            (
                "gcloud",
                "secrets",
                "versions",
                "list",
                secret,
                f"--project={it.setting.project}",
                "--filter=state=ENABLED",
                "--limit=1",
                "--format=value(name)",
            )
        )
    ]
    if empty:
        refuse(
            f"no value is set for {', '.join(empty)}; all but the services is there",
            *(f"infragraph secrets set {name} --env {it.environment.name}" for name in empty),
            "then deploy again: it goes on from here",
        )


def run_jobs(it: Deployment) -> None:
    """Databases and their roles are made, then migrated, by the new image."""
    for name in _jobs(it):
        it.tell(f"job {name} …")
        streamed(
            (
                "gcloud",
                "run",
                "jobs",
                "execute",
                name,
                "--wait",
                f"--region={it.setting.region}",
                f"--project={it.setting.project}",
            ),
            {},
            it.tell,
        )


def setting_of(graph: InfraGraph, environment: Environment) -> Setting:
    return Setting(graph=graph, environment=environment)


def _secrets(setting: Setting) -> Iterator[tuple[str, str]]:
    """Those that people give values, by the name that they know and by the cloud's."""
    declared = {node.name: node for node in nodes(setting, "secret")}
    for name, node in sorted(declared.items()):
        if existing(setting, node) is None:
            yield name, secret_name(setting, node)
    collector = setting.environment.collector
    headers = None if collector is None else collector.headers_secret
    if headers is not None and headers not in declared:
        yield headers, own_secret_name(setting, headers)


def _jobs(it: Deployment) -> Iterator[str]:
    there = {one.address for one in it.plan.resources}
    names = [
        job_name(it.setting, "bootstrap", "databases"),
        *(job_name(it.setting, "migrate", service) for service in services(it.setting)),
    ]
    yield from (name for name in names if any(name in address for address in there))


def _image(it: Deployment) -> dict[str, str]:
    return {"INFRAGRAPH_IMAGE": it.image} if it.image else {}
