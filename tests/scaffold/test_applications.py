"""Every application that there is has an image and a pipeline, which others can read."""

import subprocess
from pathlib import Path

import pytest

from infragraph.scaffold.unsuitable import Unsuitable
from infragraph.usecases.boilerplate import image, workflow
from infragraph.workspace.configuration import parse_configuration
from tests.formats.applications import APPLICATIONS
from tests.formats.documents import graph_of
from tests.readers.installed import ran, tool
from tests.usecases.test_boilerplate import LOCKED, YAML
from tests.workspace.trees import found

CONFIGURATION, _ = parse_configuration(
    YAML.encode(), slugs=(), is_folder=lambda _: True, is_file=lambda _: True
)


@pytest.mark.parametrize("application", APPLICATIONS, ids=lambda it: it.name)
def test_an_image_is_one_that_hadolint_takes(application: Path, tmp_path: Path) -> None:
    graph = graph_of(application)
    made = image(graph.application, found(application).sources, CONFIGURATION, LOCKED)
    assert not isinstance(made, Unsuitable)
    (_, dockerfile) = made.artifacts
    (tmp_path / "Dockerfile").write_text(dockerfile.content, "utf-8")

    done = subprocess.run(
        [tool("hadolint"), "--no-color", str(tmp_path / "Dockerfile")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "")
    ran("hadolint")


@pytest.mark.parametrize("application", APPLICATIONS, ids=lambda it: it.name)
def test_a_pipeline_is_one_that_actionlint_takes(application: Path, tmp_path: Path) -> None:
    made = workflow(graph_of(application), "services/one", CONFIGURATION, LOCKED)
    assert not isinstance(made, Unsuitable)
    (artifact,) = made.artifacts
    (tmp_path / "workflow.yml").write_text(artifact.content, "utf-8")

    done = subprocess.run(
        [tool("actionlint"), "-no-color", str(tmp_path / "workflow.yml")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "")
    ran("actionlint")
