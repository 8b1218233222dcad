"""Templates before the two linters of CloudFormation that others wrote."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.readers.installed import ran, tool
from tests.targets.aws import templates
from tests.targets.aws.templates import APPLICATIONS, is_here

CFN_LINT = Path(sys.executable).with_name("cfn-lint")

LIMIT = 400

# In CI one of each shape; the others differ in size, and are linted by `make thorough`.
_IN_CI = ("shop/prod", "uptime/prod", "saas/prod", "few-generated/split")
LINTED = [
    pytest.param(name, marks=() if name in _IN_CI else pytest.mark.thorough)
    for name in APPLICATIONS
]


@pytest.mark.slow
@pytest.mark.parametrize("name", LINTED)
def test_cfn_lint_finds_nothing(name: str, tmp_path: Path) -> None:
    paths = _written(name, tmp_path)

    done = subprocess.run(
        [str(CFN_LINT), "--format", "json", "--template", *paths],
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )

    assert (json.loads(done.stdout), done.stderr, done.returncode) == ([], "", 0)


@pytest.mark.slow
@pytest.mark.parametrize("name", LINTED)
def test_checkov_finds_nothing_but_what_is_explained(name: str, tmp_path: Path) -> None:
    command = [tool("checkov"), "--framework", "cloudformation", "--output", "json"]
    _written(name, tmp_path)

    done = subprocess.run(
        [*command, "--directory", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )

    ran("checkov")
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["summary"]["parsing_errors"] == 0
    assert found["summary"]["passed"] > 0
    assert [(it["check_id"], it["resource"]) for it in found["results"]["failed_checks"]] == []
    skipped = found["results"]["skipped_checks"]
    assert [it["resource"] for it in skipped if not it["check_result"]["suppress_comment"]] == []


def _written(name: str, folder: Path) -> list[str]:
    if not is_here(name):
        pytest.skip(f"{name} is not beside this repository")
    rendered = templates.rendered(name)
    paths: list[str] = []
    for path in rendered.templates():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(rendered.files[path], encoding="utf-8")
        paths.append(str(folder / path))
    return paths
