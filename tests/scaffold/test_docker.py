import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dockerfile_parse import DockerfileParser
from hypothesis import given, settings

from infragraph.model.artifact import Artifact
from infragraph.runtime.databases.trust import BUNDLE, USUAL
from infragraph.scaffold.docker import Image, artifacts
from infragraph.scaffold.unsuitable import Unsuitable
from tests.readers.installed import ran, tool
from tests.scaffold.hostile import HOSTILE, WICKED

SHOP = Image(
    application="shop",
    python="3.13",
    sources=("main.py", "shop"),
    roots=("",),
    settings=("overrides.yaml",),
    left_out=("libcst", "networkx"),
    trusts_rds=True,
)
SRC = Image(
    application="shop", python="3.12", sources=("src",), roots=("src",), has_environments=False
)
LARGE = replace(SHOP, left_out=tuple(f"package-{number}" for number in range(300)))


def made(image: Image) -> dict[str, str]:
    found = artifacts(image)
    assert not isinstance(found, Unsuitable)
    return {one.path: one.content for one in found}


def parsed(image: Image) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile and what follows them, as another parser reads them."""
    # It reads bytes, whatever its stubs say.
    content: Any = io.BytesIO(made(image)["Dockerfile"].encode())
    parser = DockerfileParser(fileobj=content)
    return [
        (one["instruction"], one["value"])
        for one in parser.structure
        if one["instruction"] != "COMMENT"
    ]


def last_stage(image: Image) -> list[tuple[str, str]]:
    instructions = parsed(image)
    start = max(at for at, (name, _) in enumerate(instructions) if name == "FROM")
    return instructions[start:]


def commands(image: Image) -> list[list[str]]:
    found: list[list[str]] = []
    for name, value in parsed(image):
        if name == "RUN":
            found.append(json.loads(re.sub(r"^(--mount=\S+\s+)*", "", value)))
    return found


@pytest.mark.parametrize("image", [SHOP, SRC, LARGE], ids=["shop", "src", "large"])
def test_what_runs_is_as_it_has_to_be(image: Image) -> None:
    stage = last_stage(image)
    root = f"/app/{image.roots[0]}".rstrip("/")

    assert ("USER", "10001:10001") in stage
    assert [value for name, value in stage if name in {"RUN", "SHELL", "ADD", "VOLUME"}] == []
    assert ("ENTRYPOINT", '["infragraph"]') in stage
    assert ("CMD", '["serve", "--role", "all"]') in stage
    (check,) = (value for name, value in stage if name == "HEALTHCHECK")
    assert check.endswith('CMD ["infragraph", "healthcheck"]')
    assert any(name == "ENV" and f"PYTHONPATH={root}" in value for name, value in stage)
    assert any(name == "LABEL" and "image.revision" in value for name, value in stage)
    assert ("COPY", "--from=analysis /opt/infragraph.graph.json ./") in stage
    assert ("COPY", "--from=packages /app/.venv ./.venv") in stage
    assert stage.index(("USER", "10001:10001")) > max(
        at for at, (name, _) in enumerate(stage) if name == "COPY"
    )


def test_every_command_of_the_build_is_a_list_and_none_is_a_shell() -> None:
    assert commands(SHOP) == [
        ["uv", "sync", "--frozen", "--no-dev", "--no-install-project"],
        [
            *("/opt/analysis/bin/infragraph", "analyze", "--no-cache", "--python"),
            *("/opt/analysis", "--format", "json", "--output", "/opt/infragraph.graph.json"),
        ],
        [
            *("uv", "sync", "--frozen", "--no-dev", "--no-install-project"),
            *("--no-install-package", "libcst", "--no-install-package", "networkx"),
        ],
        [
            *("python", "-c"),
            (
                f"from urllib.request import urlretrieve; urlretrieve('{BUNDLE}', "
                "'/opt/global-bundle.pem')"
            ),
        ],
    ]


def test_what_rds_is_held_against_is_where_the_runtime_looks() -> None:
    told = ("COPY", f"--from=authorities /opt/global-bundle.pem {USUAL}")

    assert told in last_stage(SHOP)
    assert told not in last_stage(SRC)


def test_what_services_are_told_is_in_the_image_where_there_are_environments() -> None:
    told = ("COPY", "deploy/*/*/infragraph.runtime.*.json ./")

    assert told in last_stage(SHOP)
    assert told not in last_stage(SRC)


def test_a_password_of_an_index_is_a_secret_of_the_build_alone() -> None:
    mounts = [value for name, value in parsed(SHOP) if name == "RUN" and "uv" in value]

    assert all("--mount=type=secret,id=netrc,target=/root/.netrc" in one for one in mounts)
    assert not any("netrc" in value for name, value in last_stage(SHOP) if name != "RUN")


def test_nothing_but_what_is_named_is_sent_to_the_builder() -> None:
    lines = [line for line in made(SHOP)[".dockerignore"].splitlines() if line and line[0] != "#"]

    assert lines[0] == "**"
    assert [line for line in lines if line[0] == "!"] == [
        "!pyproject.toml",
        "!uv.lock",
        "!infragraph.yaml",
        "!overrides.yaml",
        "!main.py",
        "!shop",
        "!deploy/*/*/infragraph.runtime.*.json",
    ]
    assert {"**/.env*", "**/*.pem", "**/*.key", "**/.git"} <= set(lines)


def test_what_is_copied_from_the_folder_is_what_the_builder_is_sent() -> None:
    copied = {
        word
        for name, value in parsed(SHOP)
        if name == "COPY" and not value.startswith("--from")
        for word in value.split()[:-1]
    }
    sent = {line[1:] for line in made(SHOP)[".dockerignore"].splitlines() if line[:1] == "!"}

    assert copied == sent


FIELDS = ("application", "python", "sources", "roots", "settings", "left_out", "output")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [it for it in HOSTILE if it], ids=repr)
def test_a_text_that_would_mean_more_is_refused(field: str, value: str) -> None:
    assert isinstance(artifacts(_with(field, value)), Unsuitable)


@settings(max_examples=300)
@given(WICKED)
def test_no_text_adds_an_instruction(value: str) -> None:
    for field in FIELDS:
        found = artifacts(_with(field, value))
        # The top folder of imports is the empty text.
        assert isinstance(found, Unsuitable) or (field == "roots" and value == "")


def _with(field: str, value: str) -> Image:
    is_text = field in {"application", "python", "output"}
    changes: dict[str, Any] = {field: value if is_text else ("shop", value)}
    return replace(SHOP, **changes)


def test_a_refusal_says_what_and_which() -> None:
    found = artifacts(replace(SHOP, sources=("my shop",)))

    assert isinstance(found, Unsuitable)
    assert found.reason() == (
        "'my shop' is a file or folder at the top of the application that cannot stand in a "
        "generated file"
    )


def test_an_application_without_source_has_no_image() -> None:
    found = artifacts(replace(SHOP, sources=()))

    assert isinstance(found, Unsuitable)
    assert found.reason() == "there is no source to generate it from"


def test_the_order_of_what_is_given_does_not_show() -> None:
    turned = replace(SHOP, sources=SHOP.sources[::-1], left_out=SHOP.left_out[::-1])

    assert made(turned) == made(SHOP)


def test_each_file_says_where_it_comes_from_and_whose_it_is() -> None:
    heads = {path: content.splitlines()[0] for path, content in made(SHOP).items()}

    assert heads == {
        ".dockerignore": "# Generated by infragraph from infragraph.yaml. It is yours: what is "
        "edited is not overwritten.",
        "Dockerfile": "# Generated by infragraph from infragraph.yaml and uv.lock. It is yours: "
        "what is edited is not overwritten.",
    }


@pytest.mark.parametrize("image", [SHOP, SRC, LARGE], ids=["shop", "src", "large"])
def test_hadolint_has_nothing_to_say(image: Image, tmp_path: Path) -> None:
    _written(image, tmp_path)

    done = subprocess.run(
        [tool("hadolint"), "--no-color", str(tmp_path / "Dockerfile")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "")
    ran("hadolint")


@pytest.mark.slow
@pytest.mark.parametrize("image", [SHOP, SRC], ids=["shop", "src"])
def test_checkov_passes_it(image: Image, tmp_path: Path) -> None:
    _written(image, tmp_path)
    command = [tool("checkov"), "--framework", "dockerfile", "--output", "json"]

    done = subprocess.run(
        [*command, "--skip-download", "--file", str(tmp_path / "Dockerfile")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )

    report = json.loads(done.stdout)
    failed = [one["check_id"] for one in report["results"]["failed_checks"]]
    assert failed == []
    skipped = [
        (one["check_id"], one["check_result"]["suppress_comment"])
        for one in report["results"]["skipped_checks"]
    ]
    assert skipped == [
        ("CKV_DOCKER_7", "both images have a tag, which checkov does not see in an ARG")
    ]
    assert report["summary"]["passed"] > 20
    ran("checkov")


@pytest.mark.slow
def test_docker_builds_it(tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if docker is None:
        pytest.skip("there is no docker here")
    if subprocess.run([docker, "info"], capture_output=True, check=False).returncode != 0:
        pytest.skip("docker has no daemon here")
    base = "python:3.13-slim-trixie"
    if subprocess.run(
        [docker, "image", "inspect", base], capture_output=True, check=False
    ).returncode:
        pytest.skip(f"docker does not have {base} here, and nothing is fetched")
    _written(SHOP, tmp_path)

    # The check reads the file as the builder does, and runs nothing of it.
    done = subprocess.run(
        [docker, "build", "--check", str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_runtime_is_imported_where_the_compiler_has_nothing(
    wheel: Path, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path)], check=True)
    (python,) = (*tmp_path.glob("bin/python"), *tmp_path.glob("Scripts/python.exe"))
    (site,) = {it.resolve() for it in tmp_path.glob("[Ll]ib*/**/site-packages")}
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(site), str(wheel)], check=True)
    code = (
        "import infragraph, importlib.util as it\n"
        "assert infragraph.Topic[str]('a').payload_type is str\n"
        "names = 'jinja2 libcst networkx sqlglot typer yaml'.split()\n"
        "print([name for name in names if it.find_spec(name)])"
    )

    done = subprocess.run(
        [python, "-I", "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    version = subprocess.run(
        [python, "-I", "-m", "infragraph", "--version"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
    assert version.stdout.startswith("infragraph ")


def _written(image: Image, folder: Path) -> None:
    found = artifacts(image)
    assert not isinstance(found, Unsuitable)
    for one in found:
        _write(folder, one)


def _write(folder: Path, artifact: Artifact) -> None:
    (folder / artifact.path).write_text(artifact.content, "utf-8")
