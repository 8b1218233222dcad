from collections.abc import Mapping
from pathlib import Path

import pytest

from infragraph.frontend.tiers.sketch import sketch
from infragraph.workspace.naming import name_modules
from tests.workspace.trees import findings, found, grow, modules


def names(files: Mapping[str, str], *roots: str) -> dict[str, str]:
    imports = {path: sketch(text.encode(), ()).imported_modules for path, text in files.items()}
    return {file.path: file.module for file in name_modules(imports, roots).files}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"shop/__init__.py": "", "shop/a/__init__.py": "", "shop/a/b.py": ""},
            ["shop.a", "shop.a.b", "shop"],
            id="packages",
        ),
        pytest.param({"main.py": "", "shop/api.py": ""}, ["main", "shop.api"], id="no packages"),
        pytest.param(
            {"shop/users/__init__.py": "", "shop/users/api.py": "from shop.users import users\n"},
            ["shop.users", "shop.users.api"],
            id="namespace package over packages",
        ),
        pytest.param(
            {"shop/users/__init__.py": "", "shop/users/api.py": "from . import users\n"},
            ["shop.users", "shop.users.api"],
            id="nothing says where imports start",
        ),
        pytest.param(
            {
                "services/orders/app/__init__.py": "",
                "services/orders/app/api.py": "import app.events, json\n",
                "services/orders/app/events.py": "",
            },
            ["app", "app.api", "app.events"],
            id="imports start below the root",
        ),
        pytest.param(
            {
                "a/src/one/__init__.py": "",
                "a/src/one/x.py": "from one import y\n",
                "b/src/two/__init__.py": "import two.x\n",
                "b/src/two/x.py": "",
            },
            ["one", "one.x", "two", "two.x"],
            id="several packages with a root each",
        ),
        pytest.param(
            {"jobs/types.py": "", "jobs/run.py": "import types\n"},
            ["jobs.run", "jobs.types"],
            id="a name of the standard library says nothing",
        ),
        pytest.param(
            {"jobs/events.py": "", "jobs/run.py": "from events import e\n"},
            ["events", "run"],
            id="scripts beside each other",
        ),
    ],
)
def test_names_are_those_that_imports_use(files: dict[str, str], expected: list[str]) -> None:
    assert sorted(names(files).values()) == sorted(expected)


def test_a_root_gives_the_names_below_it_and_the_innermost_wins() -> None:
    files = {"libs/a/x.py": "", "libs/y.py": "", "z.py": ""}

    assert names(files, "libs", "libs/a") == {
        "libs/a/x.py": "x",
        "libs/y.py": "y",
        "z.py": "z",
    }


def test_a_package_hides_the_module_beside_it(tmp_path: Path) -> None:
    tree = found(grow(tmp_path, {"x.py": "", "x/__init__.py": ""}))

    assert modules(tree) == {"x/__init__.py": "x"}
    assert findings(tree) == [("x.py", "module-hidden")]


def test_a_name_that_two_files_have_is_reported_once(tmp_path: Path) -> None:
    tree = found(
        grow(
            tmp_path,
            {
                "a/lib/__init__.py": "",
                "a/main.py": "import lib\n",
                "b/lib/__init__.py": "",
                "b/main.py": "import lib\n",
            },
        )
    )

    assert modules(tree)["a/lib/__init__.py"] == "lib"
    assert modules(tree)["b/lib/__init__.py"] == "b.lib"
    assert ("b/lib/__init__.py", "module-named-twice") in findings(tree)


@pytest.mark.parametrize(
    "pyproject",
    [
        '[tool.setuptools.packages.find]\nwhere = ["lib"]\n',
        '[tool.setuptools.package-dir]\n"" = "lib"\n',
        '[tool.hatch.build.targets.wheel]\npackages = ["lib/shop"]\n',
        '[tool.hatch.build.targets.wheel]\nsources = ["lib"]\n',
        '[[tool.poetry.packages]]\ninclude = "shop"\nfrom = "lib"\n',
        '[tool.pdm.build]\npackage-dir = "lib"\n',
        '[tool.uv.build-backend]\nmodule-root = "lib"\n',
    ],
)
def test_the_projects_own_description_gives_the_root(tmp_path: Path, pyproject: str) -> None:
    grow(tmp_path, {"pyproject.toml": pyproject, "lib/shop/__init__.py": "", "lib/shop/a.py": ""})

    assert modules(found(tmp_path)) == {
        "lib/shop/__init__.py": "shop",
        "lib/shop/a.py": "shop.a",
    }


def test_a_src_folder_is_a_root(tmp_path: Path) -> None:
    grow(tmp_path, {"src/shop/__init__.py": "", "src/shop/a.py": ""})

    assert set(modules(found(tmp_path)).values()) == {"shop", "shop.a"}


def test_a_package_called_src_is_a_package(tmp_path: Path) -> None:
    grow(tmp_path, {"src/__init__.py": "", "src/a.py": ""})

    assert set(modules(found(tmp_path)).values()) == {"src", "src.a"}


def test_configured_roots_win_over_the_projects(tmp_path: Path) -> None:
    grow(
        tmp_path,
        {
            "infragraph.yaml": "roots: [code]\n",
            "pyproject.toml": '[tool.pdm.build]\npackage-dir = "lib"\n',
            "code/shop/a.py": "",
        },
    )

    assert modules(found(tmp_path)) == {"code/shop/a.py": "shop.a"}


def test_a_root_that_is_itself_a_package_gives_its_name(tmp_path: Path) -> None:
    root = grow(tmp_path / "shop", {"__init__.py": "", "users/__init__.py": ""})

    assert modules(found(root)) == {"__init__.py": "shop", "users/__init__.py": "shop.users"}


def test_names_do_not_depend_on_the_order_of_files() -> None:
    files = {"a/lib/__init__.py": "", "a/main.py": "import lib\n", "b/lib/__init__.py": ""}

    assert names(files) == names(dict(reversed(files.items())))
