"""What `docs/ci.md` and `.pre-commit-hooks.yaml` offer is what the services take, and runs."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

PAGE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOK: dict[str, Any] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))[0]


def blocks(word: str) -> list[str]:
    """The examples in YAML that hold a word."""
    return [text for form, text in FENCED.findall(PAGE) if form == "yaml" and word in text]


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        *(("vendor.github-workflows", text) for text in blocks("runs-on:")),
        *(("vendor.gitlab-ci", text) for text in blocks("script:")),
    ],
)
def test_an_example_has_the_form_that_the_service_wants(
    schema: str, text: str, tmp_path: Path
) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(text)

    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_the_examples_of_the_action_name_inputs_that_it_has() -> None:
    for text in blocks("runs-on:"):
        (job,) = yaml.safe_load(text)["jobs"].values()
        assert set(job["steps"][-1].get("with", {})) <= set(ACTION["inputs"])


def test_every_input_of_the_action_is_explained() -> None:
    rows = re.findall(r"^\| (`[^|]+`) \| (`[^`]+`)?", PAGE, re.MULTILINE)
    explained = {
        name: default.strip("`")
        for names, default in rows
        for name in re.findall(r"`(.+?)`", names)
    }

    assert explained == {name: one["default"] for name, one in ACTION["inputs"].items()}


def test_the_hook_of_the_example_is_the_one_that_is_offered() -> None:
    (example,) = blocks("hooks:")

    (hook,) = yaml.safe_load(example)["repos"][0]["hooks"]

    assert hook["id"] == HOOK["id"]


def test_the_hook_reads_the_whole_application() -> None:
    done = subprocess.run(
        shlex.split(HOOK["entry"]),
        cwd=ROOT / "fixtures/minimal",
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        check=False,
        capture_output=True,
    )

    assert done.returncode == 0
    assert HOOK["language"] == "python"
    assert HOOK["pass_filenames"] is False


@pytest.mark.parametrize(
    "path",
    [
        "shop/orders/api.py",
        "shop/orders/migrations/0001_create.up.sql",
        "infragraph.yaml",
        "apps/shop/infragraph.yaml",
        "pyproject.toml",
    ],
)
def test_the_hook_runs_for_what_it_reads(path: str) -> None:
    assert re.search(HOOK["files"], path)


@pytest.mark.parametrize("path", ["README.md", "my-infragraph.yaml"])
def test_the_hook_does_not_run_for_anything_else(path: str) -> None:
    assert not re.search(HOOK["files"], path)
