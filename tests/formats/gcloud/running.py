"""`apply.sh` as a program: run with a `gcloud` of ours in front of all others."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infragraph.formats import gcloud
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Plan
from tests.formats.gcloud.fake_gcloud import FakeGcloud
from tests.targets.gcp.plans import PRODUCTION, environment

IMAGE = "europe-west4-docker.pkg.dev/example-prod-1/shop/shop@sha256:" + "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A folder with the script, and what stands for Google Cloud."""

    folder: Path
    cloud: FakeGcloud

    def run(self, *options: str, image: str | None = IMAGE) -> subprocess.CompletedProcess[str]:
        with self.cloud.serving(self.folder):
            return run(self.folder, *options, image=image)


def run(folder: Path, *options: str, image: str | None = IMAGE) -> subprocess.CompletedProcess[str]:
    """The script of a folder, which finds the folder's programs first."""
    variables = {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "INFRAGRAPH_RETRY_SECONDS": "0",
        "LC_ALL": "C.UTF-8",
    }
    if image is not None:
        variables["INFRAGRAPH_IMAGE"] = image
    return subprocess.run(
        ["bash", str(folder / "apply.sh"), *options],  # noqa: S607 - whichever is there
        env=variables,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def script(plan: Plan, graph: InfraGraph) -> str:
    assert gcloud.unsaid(plan, graph) == ()
    (artifact,) = gcloud.render(plan, graph, environment(graph))
    assert artifact.is_executable
    return artifact.content


def machine(folder: Path, text: str) -> Machine:
    (folder / "apply.sh").write_bytes(text.encode())
    assert PRODUCTION.project is not None
    return Machine(folder=folder, cloud=FakeGcloud(project=PRODUCTION.project))
