import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.workspace.trees import SURROUNDINGS, findings, found, grow

LIBRARY = {"acme/__init__.py": "from acme.types import T\n", "acme/types.py": "class T: ...\n"}
APPLICATION = {"infragraph.yaml": "libraries: [acme]\n", "shop/a.py": "import acme\n"}


def environment(folder: Path, files: dict[str, str]) -> Path:
    grow(folder, {"pyvenv.cfg": "", "bin/python": ""})
    return grow(folder / "lib/python3.12/site-packages", files)


@pytest.mark.parametrize("named", ["env", "env/bin/python"])
def test_a_library_is_read_from_the_environment_that_is_named(tmp_path: Path, named: str) -> None:
    environment(tmp_path / "env", LIBRARY)
    root = grow(tmp_path / "root", APPLICATION)

    tree = found(root, replace(SURROUNDINGS, python=str(tmp_path / named)))

    assert [(file.path, file.module, file.is_library) for file in tree.sources] == [
        ("shop/a.py", "shop.a", False),
        ("site-packages/acme/__init__.py", "acme", True),
        ("site-packages/acme/types.py", "acme.types", True),
    ]


def test_the_interpreter_of_an_environment_is_found_though_it_is_a_link(tmp_path: Path) -> None:
    environment(tmp_path / "env", LIBRARY)
    interpreter = tmp_path / "env/bin/python"
    interpreter.unlink()
    interpreter.symlink_to(sys.executable)
    root = grow(tmp_path / "root", APPLICATION)

    assert findings(found(root, replace(SURROUNDINGS, python=str(interpreter)))) == []


def test_the_trees_own_environment_comes_before_the_active_one(tmp_path: Path) -> None:
    root = grow(tmp_path / "root", APPLICATION)
    environment(root / ".venv", LIBRARY)
    environment(tmp_path / "active", {"acme.py": ""})

    tree = found(root, replace(SURROUNDINGS, active_environment=str(tmp_path / "active")))

    assert "site-packages/acme/types.py" in [file.path for file in tree.sources]


def test_an_editable_library_is_found_and_its_hooks_are_not_run(tmp_path: Path) -> None:
    grow(tmp_path / "checkout", LIBRARY)
    canary = tmp_path / "canary"
    touch = f"pathlib.Path({str(canary)!r}).touch()"
    environment(
        tmp_path / "env",
        {"acme.pth": f"import pathlib; {touch}\n{tmp_path}/checkout\n"},
    )
    root = grow(tmp_path / "root", APPLICATION)

    assert findings(found(root, replace(SURROUNDINGS, python=str(tmp_path / "env")))) == []
    assert not canary.exists()


def test_a_library_inside_the_tree_is_no_part_of_the_application(tmp_path: Path) -> None:
    grow(
        tmp_path,
        {
            "infragraph.yaml": "libraries: [{package: acme, path: libs}]\n",
            "shop/a.py": "import acme\n",
            "libs/acme/__init__.py": "",
            "libs/acme/x.py": "",
        },
    )

    tree = found(tmp_path)

    assert [(file.path, file.module) for file in tree.sources if file.is_library] == [
        ("libs/acme/__init__.py", "acme"),
        ("libs/acme/x.py", "acme.x"),
    ]
    assert [file.path for file in tree.sources if not file.is_library] == ["shop/a.py"]


def test_a_library_that_is_nowhere_is_a_mistake_at_its_name(tmp_path: Path) -> None:
    tree = found(grow(tmp_path, APPLICATION))

    (mistake,) = tree.configuration_mistakes
    assert (mistake.slug, mistake.span.line, mistake.span.column) == ("library-not-found", 1, 13)


def test_a_python_that_is_nowhere_is_the_systems_error(tmp_path: Path) -> None:
    root = grow(tmp_path, APPLICATION)

    with pytest.raises(FileNotFoundError, match="there is no such Python"):
        found(root, replace(SURROUNDINGS, python="no-such-python-at-all"))


def test_an_editable_hook_that_is_a_pipe_does_not_block(tmp_path: Path) -> None:
    root = grow(tmp_path / "root", APPLICATION)
    environment(root / ".venv", LIBRARY)
    os.mkfifo(root / ".venv/lib/python3.12/site-packages/a.pth")

    assert findings(found(root)) == []
