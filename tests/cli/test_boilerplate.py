import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import infragraph
from tests.readers.installed import ran, tool

ENVIRONMENTS = """
environments:
  prod:
    target: aws
    region: eu-central-1
    account: "123456789012"
  pr-*:
    target: gcp
    region: europe-west4
    project: shop-previews
    project_number: "123456"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A new application with places to go to, in a repository."""
    assert infragraph("new", "app", "web-shop", cwd=tmp_path).returncode == 0
    folder = tmp_path / "web-shop"
    with (folder / "infragraph.yaml").open("a", encoding="utf-8") as file:
        file.write(ENVIRONMENTS)
    (tmp_path / ".git").mkdir()
    for what in ("docker", "ci"):
        assert infragraph("generate", what, cwd=folder).returncode == 0
    return folder


@pytest.mark.slow
def test_a_workflow_goes_to_the_top_of_the_repository(shop: Path) -> None:
    workflow = (shop.parent / ".github/workflows/infragraph.yml").read_text("utf-8")

    assert "    working-directory: web-shop\n" in workflow
    assert "          ENVIRONMENTS: aws/prod\n" in workflow
    assert "  preview-end:\n" in workflow


@pytest.mark.slow
def test_what_is_edited_is_nobody_elses_and_no_check_fails_for_it(shop: Path) -> None:
    for path in (shop / "Dockerfile", shop.parent / ".github/workflows/infragraph.yml"):
        with path.open("a", encoding="utf-8") as file:
            file.write("# mine\n")

    for what in ("docker", "ci"):
        checked = infragraph("generate", what, "--check", cwd=shop)
        assert (checked.returncode, checked.stdout) == (0, "")
        assert "is not as generated, and yours" in checked.stderr


@pytest.mark.slow
def test_what_nobody_edited_is_checked(shop: Path) -> None:
    (shop / "more.py").write_text("MORE = 1\n")

    checked = infragraph("generate", "docker", "--check", cwd=shop)

    assert checked.returncode == 1
    assert "+COPY more.py ./more.py" in checked.stdout


def test_what_is_generated_of_an_application_is_read_by_others(shop: Path) -> None:
    shutil.copytree(shop.parent / ".github", shop / ".github")

    for command in (
        [tool("actionlint"), "-no-color", ".github/workflows/infragraph.yml"],
        [tool("hadolint"), "--no-color", "Dockerfile"],
    ):
        done = subprocess.run(command, cwd=shop, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")
    ran("actionlint")
    ran("hadolint")
