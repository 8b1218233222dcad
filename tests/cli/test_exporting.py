"""What is said beside documents that cannot hold all."""

from pathlib import Path

import pytest

from infragraph.cli.exits import Exit
from tests.cli.command import infragraph
from tests.workspace.trees import grow

FILES = {
    "infragraph.yaml": "application: disk\n",
    "files/__init__.py": 'from infragraph import Service\n\nfiles = Service("files")\n',
    "files/api.py": """\
from files import files


@files.get("/files/{name}", access="public")
async def one(name: str) -> str:
    return name


@files.get("/files/{rest:path}", access="public")
async def every(rest: str) -> str:
    return rest
""",
}


@pytest.mark.parametrize("what", ["openapi", "backstage"])
def test_paths_that_openapi_cannot_tell_apart_are_a_warning(what: str, tmp_path: Path) -> None:
    grow(tmp_path, FILES)

    done = infragraph("export", what, ".", "--output", "docs", cwd=tmp_path)

    assert done.returncode == Exit.CLEAN
    assert done.stderr == (
        "warning: files/openapi.yaml leaves out the endpoint 'every' (GET /files/{rest:path}): "
        "OpenAPI cannot tell its path from that of 'one' (GET /files/{name})\n"
    )


@pytest.mark.parametrize("what", ["asyncapi", "catalog"])
def test_documents_that_hold_all_come_without_a_word(what: str, tmp_path: Path) -> None:
    grow(tmp_path, FILES)

    done = infragraph("export", what, ".", "--output", "docs", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (Exit.CLEAN, "")
