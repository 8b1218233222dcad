"""Every application of this repository, read under an audit hook: nothing of it is run."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.hostile.analyzing import analyzed

APPLICATIONS = sorted(
    path.parent.relative_to(ROOT).as_posix()
    for top in ("fixtures", "tests/applications")
    for path in (ROOT / top).glob("*/infragraph.yaml")
)
CASES = [
    pytest.param(path, marks=() if path == "fixtures/shop" else pytest.mark.slow)
    for path in APPLICATIONS
]


def test_there_are_applications_to_read() -> None:
    assert len(APPLICATIONS) > 15
    assert "fixtures/shop" in APPLICATIONS


@pytest.mark.parametrize("application", CASES)
def test_nothing_of_an_application_is_run_imported_or_written(
    tmp_path: Path, application: str
) -> None:
    root = tmp_path / "root"
    shutil.copytree(ROOT / application, root)
    before = _contents(root)

    run = analyzed(root)

    assert run.told == []
    assert run.code in {0, 1}, run.errors
    assert run.report["nodes"]
    assert _contents(root) == before


def _contents(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
