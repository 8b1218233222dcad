"""An environment's files are the same bytes: in every checkout, under every Python and seed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import PLAIN
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

ENVIRONMENTS = (("aws", "prod"), ("aws", "pr-7"), ("gcp", "prod-gcp"))


def generated(
    place: Path, cloud: str, name: str, *, python: str = sys.executable, **environment: str
) -> dict[str, bytes]:
    shop = Path(shutil.copytree(ROOT / "fixtures/shop", place / "shop"))
    subprocess.run(
        [python, "-m", "infragraph", "generate", cloud, "--env", name],
        cwd=shop,
        env={**PLAIN, **environment, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    folder = shop / "deploy"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(("cloud", "name"), ENVIRONMENTS)
def test_neither_the_checkout_nor_the_surroundings_show(
    cloud: str, name: str, tmp_path: Path
) -> None:
    one = generated(tmp_path / "one", cloud, name, PYTHONHASHSEED="0", LC_ALL="C", TZ="UTC")
    other = generated(
        tmp_path / "another place/with ünïcode",
        cloud,
        name,
        PYTHONHASHSEED="4242",
        LC_ALL="C.UTF-8",
        TZ="Asia/Tokyo",
    )

    assert one == other
    assert len(one) > 10


@pytest.mark.parametrize(("cloud", "name"), ENVIRONMENTS)
def test_no_python_shows(cloud: str, name: str, tmp_path: Path) -> None:
    """With the environments that `make test-others` makes."""
    mine = f"3.{sys.version_info[1]}"
    others = [
        path
        for path in sorted(ROOT.glob(".venvs/3.*/bin/python"))
        if path.parts[-3] != mine and (path.parents[1] / ".dev").exists()
    ]
    if not others:
        pytest.skip("there is no environment of another Python in .venvs")
    here = generated(tmp_path / mine, cloud, name)

    there = [generated(tmp_path / path.parts[-3], cloud, name, python=str(path)) for path in others]

    assert there == [here] * len(others)
