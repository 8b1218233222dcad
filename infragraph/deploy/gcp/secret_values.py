"""The value of a secret, as a new version in Secret Manager."""

import subprocess
from collections.abc import Callable

from infragraph.deploy.errors import refuse
from infragraph.deploy.gcp.commands import demand_tools
from infragraph.deploy.gcp.stages import setting_of
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.targets.gcp.names import own_secret_name, secret_name


def set_value(
    name: str, graph: InfraGraph, environment: Environment, value: Callable[[], str]
) -> None:
    """Hands it to gcloud through a pipe: arguments can be seen by others."""
    demand_tools()
    setting = setting_of(graph, environment)
    declared = [one for one in graph.nodes if one.kind == "secret" and one.name == name]
    secret = secret_name(setting, declared[0]) if declared else own_secret_name(setting, name)
    done = subprocess.run(  # noqa: S603 - words, and no shell reads them
        [  # noqa: S607 - the user's own
            "gcloud",
            "secrets",
            "versions",
            "add",
            secret,
            f"--project={setting.project}",
            "--data-file=-",
        ],
        input=value(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        refuse(f"gcloud refused the value: {said[-1] if said else 'it said nothing'}")
