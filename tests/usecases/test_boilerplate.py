from collections.abc import Mapping

import pytest

from infragraph.model.graph import InfraGraph
from infragraph.model.source import SourceFile
from infragraph.scaffold.unsuitable import Unsuitable
from infragraph.usecases.boilerplate import Boilerplate, Read, image, workflow
from infragraph.workspace.configuration import NO_CONFIGURATION, Configuration, parse_configuration
from tests.scaffold.test_lock import lock

GRAPH = InfraGraph(application="web-shop", nodes=(), edges=(), payloads={}, unresolved=())
SOURCES = (
    SourceFile(path="src/shop/__init__.py", module="shop", is_package=True),
    SourceFile(path="src/shop/orders/api.py", module="shop.orders.api"),
    SourceFile(path="tools.py", module="tools"),
    SourceFile(path="site-packages/acme/events.py", module="acme.events", is_library=True),
)
YAML = """\
application: shop
environments:
  prod:
    target: aws
    region: eu-central-1
    account: 123456789012
    overrides: overrides.yaml
  staging:
    target: gcp
    region: europe-west4
    project: shop-staging
    project_number: 1234
    class: small
  pr-*:
    target: aws
    region: eu-central-1
    account: 210987654321
  demo-*:
    target: aws
    region: eu-central-1
    account: 210987654321
  later:
    target: aws
"""


def configuration(text: str = YAML) -> Configuration:
    found, mistakes = parse_configuration(
        text.encode(), slugs=(), is_folder=lambda _: True, is_file=lambda _: True
    )
    assert mistakes == ()
    return found


def reads(**files: bytes) -> Read:
    """Files by their names, with `_` for a dot."""
    by_name: Mapping[str, bytes] = {name.replace("_", "."): text for name, text in files.items()}
    return by_name.get


LOCKED = reads(
    uv_lock=lock('{ name = "infragraph-cli", extra = ["runtime", "aws", "gcp"] }'),
    pyproject_toml=b'[project]\nrequires-python = ">=3.11,<3.13"\n',
)


def of(made: Boilerplate | Unsuitable) -> dict[str, str]:
    assert isinstance(made, Boilerplate)
    return {one.path: one.content for one in made.artifacts}


def notes(made: Boilerplate | Unsuitable) -> tuple[str, ...]:
    assert isinstance(made, Boilerplate)
    return made.notes


@pytest.mark.parametrize(
    ("extras", "missing"), [('["runtime", "aws"]', "gcp"), ('["gcp"]', "runtime, aws")]
)
def test_an_image_without_what_its_cloud_needs_is_told_of(extras: str, missing: str) -> None:
    read = reads(uv_lock=lock(f'{{ name = "infragraph-cli", extra = {extras} }}'))

    made = image("shop", SOURCES, configuration(), read)

    assert notes(made) == (
        (
            f"what services run with lacks the extras {missing} of infragraph-cli; "
            "run 'uv add \"infragraph-cli[runtime,aws,gcp]\"'"
        ),
    )


def test_an_image_is_of_what_was_analyzed_and_locked() -> None:
    made = image("shop", SOURCES, configuration(), LOCKED)
    lines = of(made)["Dockerfile"].splitlines()

    assert notes(made) == ()
    assert "ARG PYTHON_IMAGE=python:3.12-slim-trixie" in lines
    assert [line for line in lines if line.startswith("COPY ") and "from" not in line] == [
        "COPY pyproject.toml uv.lock ./",
        "COPY infragraph.yaml ./",
        "COPY overrides.yaml ./overrides.yaml",
        "COPY src ./src",
        "COPY tools.py ./tools.py",
        "COPY src ./src",
        "COPY tools.py ./tools.py",
        "COPY deploy/*/*/infragraph.runtime.*.json ./",
    ]
    assert "    PYTHONPATH=/app:/app/src \\" in lines
    assert '     "--no-install-package", "libcst", \\' in lines


@pytest.mark.parametrize(
    ("files", "note"),
    [
        (reads(), "there is no uv.lock, which the image is built from; run 'uv lock'"),
        (
            reads(uv_lock=b"[[package"),
            "uv.lock cannot be read; run 'uv lock' and generate again",
        ),
        (
            reads(uv_lock=lock()),
            "uv.lock has no infragraph-cli that is needed to run; run 'uv add' for it",
        ),
    ],
)
def test_what_an_image_lacks_is_told(files: Read, note: str) -> None:
    assert notes(image("shop", SOURCES, NO_CONFIGURATION, files)) == (note,)


def test_a_folder_that_no_dockerfile_can_name_is_refused() -> None:
    source = SourceFile(path="my shop/a.py", module="a")

    assert isinstance(image("shop", (source,), NO_CONFIGURATION, LOCKED), Unsuitable)


def test_a_workflow_deploys_to_every_environment_that_is_complete() -> None:
    made = workflow(GRAPH, "apps/shop", configuration(), LOCKED)
    (content,) = of(made).values()

    jobs = [line[2:-1] for line in content.splitlines() if line[:2] == "  " and line[2:3].isalpha()]
    assert jobs[jobs.index("check") :] == [
        "check",
        "report",
        "deploy-staging",
        "deploy-prod",
        "preview",
        "preview-end",
    ]
    assert notes(made) == (
        "the workflow does not deploy to 'demo-*', which serves no pull requests",
        "the workflow does not deploy to 'later', which is not complete",
    )


def test_images_are_where_the_clouds_have_a_repository_for_them() -> None:
    (content,) = of(workflow(GRAPH, ".", configuration(), LOCKED)).values()

    found = [line.strip() for line in content.splitlines() if "REPOSITORY: " in line]
    variable = "REPOSITORY: ${{ vars.IMAGE_REPOSITORY || "
    assert found == [
        f"{variable}'europe-west4-docker.pkg.dev/shop-staging/web-shop/web-shop' }}}}",
        f"{variable}'123456789012.dkr.ecr.eu-central-1.amazonaws.com/web-shop' }}}}",
        f"{variable}'210987654321.dkr.ecr.eu-central-1.amazonaws.com/web-shop' }}}}",
    ]


def test_an_index_of_ones_own_needs_a_login() -> None:
    private = reads(uv_lock=lock(index="https://packages.example.com/simple"))

    assert (
        "secrets.NETRC"
        in of(workflow(GRAPH, ".", NO_CONFIGURATION, private))[".github/workflows/infragraph.yml"]
    )
    assert (
        "secrets."
        not in of(workflow(GRAPH, ".", NO_CONFIGURATION, LOCKED))[
            ".github/workflows/infragraph.yml"
        ]
    )
