import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import PathDistribution
from pathlib import Path
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest

from infragraph.cli.version import VERSION

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(root: Path) -> Mapping[str, object]:
    table: Mapping[str, object] = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return table


def test_it_holds_the_package_and_the_templates_and_nothing_else(wheel: Path, root: Path) -> None:
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert names == {
        *files(root / "infragraph", "infragraph"),
        *files(root / "templates", "infragraph/templates"),
    }
    assert {
        "infragraph/py.typed",
        "infragraph/schemas/config.json",
        "infragraph/schemas/graph.json",
        "infragraph/templates/README.md",
    } <= names


def test_it_says_what_it_is(wheel: Path) -> None:
    (info,) = (path for path in ZipPath(wheel).iterdir() if path.name.endswith(".dist-info"))
    distribution = PathDistribution(info)

    assert distribution.metadata["Name"] == "infragraph-cli"
    assert distribution.version == VERSION
    assert distribution.metadata["Requires-Python"] == ">=3.11"
    assert {(one.group, one.name, one.value) for one in distribution.entry_points} == {
        ("console_scripts", "infragraph", "infragraph.__main__:main"),
        ("pytest11", "infragraph", "infragraph.testing.plugin"),
    }
    assert (info / "licenses" / "LICENSE").exists()


def test_it_needs_six_libraries(project: Mapping[str, list[str]]) -> None:
    needed = [requirement.partition(">")[0] for requirement in project["dependencies"]]

    assert needed == ["jinja2", "libcst", "networkx", "pyyaml", "sqlglot", "typer"]


def test_the_extra_called_all_has_every_other(
    project: Mapping[str, Mapping[str, list[str]]],
) -> None:
    extras = project["optional-dependencies"]

    others = ",".join(name for name in extras if name != "all")

    assert extras["all"] == [f"infragraph-cli[{others}]"]


def test_the_sdk_works_with_nothing_else_installed(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path)], check=True)
    (python,) = tmp_path.glob("*/python")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python))
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True)

    declared = 'import infragraph; print(infragraph.Topic[int]("signups").payload_type)'

    assert output(str(python), "-c", declared) == "<class 'int'>\n"
    assert output(str(python.parent / "infragraph"), "--version") == f"infragraph {VERSION}\n"


def files(folder: Path, prefix: str) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{prefix}/{path.relative_to(folder).as_posix()}"


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
