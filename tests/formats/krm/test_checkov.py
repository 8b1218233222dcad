"""Objects of Config Connector before checkov, which has few rules for their kinds."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.readers.installed import ran, tool
from tests.targets.gcp.plans import ALL, graph_of, krm_files, plan_of

LIMIT = 240


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_checkov_finds_nothing(name: str, tmp_path: Path) -> None:
    command = [tool("checkov"), "--framework", "kubernetes", "--output", "json"]
    for path, text in krm_files(plan_of(name), graph_of(name)).items():
        place = tmp_path / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")

    done = subprocess.run(
        [*command, "--directory", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )

    ran("checkov")
    found: dict[str, Any] = json.loads(done.stdout)
    summary = found["summary"]
    assert (summary["failed"], summary["skipped"], summary["parsing_errors"]) == (0, 0, 0)
    assert summary["passed"] > 0
    assert summary["resource_count"] == len(plan_of(name).resources)
