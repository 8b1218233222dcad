"""The GitHub action: its scripts run as they stand, by the shell that GitHub runs them with."""

import base64
import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

ACTION: Mapping[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: Mapping[str, Mapping[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
EXPRESSION = re.compile(r"\$\{\{ *(.+?) *\}\}")


class Runner:
    """What GitHub gives to the steps of a composite action, one after the other."""

    def __init__(self, folder: Path, **inputs: str) -> None:
        self.folder = folder
        self.inputs = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
        self.inputs |= {name.replace("_", "-"): value for name, value in inputs.items()}
        self.contexts = {"github.action_path": str(ROOT), "github.token": "token"}
        self.environment = {
            "PATH": os.environ["PATH"],
            "RUNNER_TEMP": str(folder),
            "GITHUB_ENV": str(folder / "env"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_REPOSITORY": "someone/shop",
            "GITHUB_SHA": "c0ffee",
            "GITHUB_REF": "refs/heads/main",
            # What the step that installs would have left.
            "INFRAGRAPH_BIN": str(Path(sys.executable).parent),
        }

    def run(self, name: str) -> "subprocess.CompletedProcess[str]":
        step = STEPS[name]
        declared = {key: self._value(text) for key, text in step["env"].items()}
        done = subprocess.run(
            ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            env={**self.environment, **declared},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        for key, value in self._written("output").items():
            self.contexts[f"steps.{step.get('id')}.outputs.{key}"] = value
        self.environment |= self._written("env")
        return done

    def _value(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self._context(found[1]), text)

    def _context(self, name: str) -> str:
        if name.startswith("inputs."):
            return str(self.inputs[name.removeprefix("inputs.")])
        return self.contexts[name]

    def _written(self, name: str) -> dict[str, str]:
        file = self.folder / name
        lines = file.read_text().splitlines() if file.exists() else []
        return dict(line.split("=", 1) for line in lines)


def test_it_has_the_form_that_github_wants(root: Path) -> None:
    checker = (sys.executable, "-m", "check_jsonschema", "--builtin-schema")

    done = subprocess.run(
        [*checker, "vendor.github-actions", str(root / "action.yml")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_no_expression_is_part_of_a_script_and_no_other_action_is_used() -> None:
    for step in STEPS.values():
        assert "uses" not in step
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        assert all(EXPRESSION.fullmatch(value) for value in step["env"].values())


def test_a_clean_application_passes(tmp_path: Path) -> None:
    done = Runner(tmp_path, path="fixtures/minimal", strict="true").run("Analyze")

    assert (done.returncode, done.stderr) == (0, "")
    assert "::" not in done.stdout


def test_findings_are_annotated_and_fail(tmp_path: Path) -> None:
    application = faulty(tmp_path / "it's; an $(application)")

    done = Runner(tmp_path, path=str(application)).run("Analyze")

    assert done.returncode == 1
    assert "::error " in done.stdout


def test_what_is_ignored_does_not_fail(tmp_path: Path) -> None:
    application = faulty(tmp_path / "application")

    assert (
        Runner(tmp_path, path=str(application), ignore="IG1001,dead-topic")
        .run("Analyze")
        .returncode
        == 0
    )


def test_a_folder_that_is_not_there_fails_otherwise(tmp_path: Path) -> None:
    assert Runner(tmp_path, path="nowhere").run("Analyze").returncode == 2
    assert Runner(tmp_path, path="nowhere", sarif="x").run("Write SARIF").returncode != 0


def test_findings_are_written_and_uploaded_before_they_fail(tmp_path: Path) -> None:
    runner = Runner(tmp_path, path=str(faulty(tmp_path / "application")), upload_sarif="true")
    sent = tmp_path / "sent"
    fake = tmp_path / "gh"
    fake.write_text(f'#!/bin/sh\necho "$@" >"{sent}.arguments"\ncat >"{sent}"\n')
    fake.chmod(0o755)
    runner.environment["PATH"] = f"{tmp_path}:{runner.environment['PATH']}"

    assert runner.run("Write SARIF").returncode == 0
    assert runner.run("Upload SARIF").returncode == 0

    request = json.loads(sent.read_text())
    log = json.loads(gzip.decompress(base64.b64decode(request.pop("sarif"))))
    assert request == {"commit_sha": "c0ffee", "ref": "refs/heads/main"}
    assert [result["level"] for result in log["runs"][0]["results"]] == ["error"]
    assert Path(f"{sent}.arguments").read_text() == (
        "api --method POST --silent --input - repos/someone/shop/code-scanning/sarifs\n"
    )


def test_it_installs_into_an_environment_of_its_own(tmp_path: Path, wheel: Path) -> None:
    runner = Runner(tmp_path, python=sys.executable)
    # The built distribution stands for the source, so that nothing is fetched.
    runner.contexts["github.action_path"] = str(wheel)
    runner.environment |= {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1"}
    del runner.environment["INFRAGRAPH_BIN"]

    done = runner.run("Install infragraph")

    assert (done.returncode, done.stderr) == (0, "")
    installed = Path(runner.environment["INFRAGRAPH_BIN"])
    assert installed.is_relative_to(tmp_path)
    assert subprocess.run([installed / "infragraph", "--version"], check=False).returncode == 0


def faulty(folder: Path) -> Path:
    """An application with one error."""
    folder.mkdir()
    (folder / "infragraph.yaml").write_text("application: faulty\n")
    (folder / "events.py").write_text("def\n")
    return folder
