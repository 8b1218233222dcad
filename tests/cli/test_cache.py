import os
import re
import shutil
import time
from pathlib import Path

import pytest

from infragraph.workspace import inputs
from tests.cli.command import infragraph, loaded
from tests.workspace.trees import grow

pytestmark = pytest.mark.slow

SHOP = {
    "shop/__init__.py": 'from infragraph import Service\n\nshop = Service("shop")\n',
    "shop/api.py": 'from shop import shop\n\n\n@shop.get("/")\nasync def home() -> None: ...\n',
    "infragraph.yaml": "application: shop\n",
}
HEAVY = {
    "typer",
    "rich",
    "libcst",
    "networkx",
    "jinja2",
    "yaml",
    "sqlglot",
    "ast",
    "json",
    "pathlib",
}


ANALYZE = (
    "sys.argv = ['infragraph', 'analyze', '--format', 'json']\n"
    "from infragraph.__main__ import main\nmain()"
)


class Application:
    """An application with a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self.cache = folder / "cache"
        self.root.mkdir()
        grow(self.root, SHOP)
        self.age()

    def age(self) -> None:
        """Make every file old enough for its times to be believed."""
        then = time.time() - 60
        for path in [*self.root.rglob("*"), self.root]:
            os.utime(path, (then, then))

    @property
    def environment(self) -> dict[str, str]:
        return {"INFRAGRAPH_CACHE_DIR": str(self.cache)}

    def analyze(self, *options: str) -> str:
        done = infragraph(
            "analyze", "--format", "json", *options, cwd=self.root, environment=self.environment
        )
        return done.stdout

    def is_warm(self) -> bool:
        """Whether the next run answers without loading what analyzes."""
        return "ast" not in loaded(ANALYZE, self.root, self.environment)


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return Application(tmp_path)


def test_a_run_in_which_nothing_has_changed_prints_the_same(application: Application) -> None:
    first = application.analyze()

    assert application.analyze() == first
    assert application.is_warm()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/api.py", SHOP["shop/api.py"].replace("home", "main")),
        ("shop/more.py", 'from shop import shop\n\n\n@shop.get("/a")\ndef a() -> None: ...\n'),
        ("infragraph.yaml", "application: store\n"),
        (".gitignore", "shop/api.py\n"),
        ("pyproject.toml", "[tool.setuptools]\npackage-dir = {'' = 'src'}\n"),
    ],
)
def test_whatever_is_read_is_an_input(application: Application, path: str, text: str) -> None:
    application.analyze()
    grow(application.root, {path: text})

    changed = application.analyze()

    assert changed == application.analyze("--no-cache")


def test_a_deleted_file_is_a_change(application: Application) -> None:
    before = application.analyze()
    (application.root / "shop/api.py").unlink()

    assert application.analyze() != before
    assert application.analyze() == application.analyze("--no-cache")


def test_the_same_size_in_the_same_second_is_a_change(application: Application) -> None:
    grow(application.root, {"shop/api.py": SHOP["shop/api.py"]})
    before = application.analyze()
    grow(application.root, {"shop/api.py": SHOP["shop/api.py"].replace("home", "hope")})

    assert application.analyze() != before


def test_a_fresh_checkout_with_the_same_contents_is_no_change(application: Application) -> None:
    application.analyze()
    for path in application.root.rglob("*"):
        os.utime(path)

    assert application.is_warm()


def test_a_cache_and_a_checkout_that_have_moved_are_used(application: Application) -> None:
    expected = application.analyze()
    application.root = application.root.rename(application.root.with_name("elsewhere"))
    application.cache = application.cache.rename(application.cache.with_name("restored"))

    assert application.is_warm()
    assert application.analyze(f"--cache-dir={application.cache}") == expected


def test_a_package_as_root_has_another_name_elsewhere(application: Application) -> None:
    grow(application.root, {"__init__.py": ""})
    application.analyze()

    application.root = application.root.rename(application.root.with_name("elsewhere"))

    assert not application.is_warm()


def test_another_body_of_a_file_that_is_passed_over_is_no_change(
    application: Application,
) -> None:
    fillers = {f"fill/part{number}.py": f"import os\nx = {number}\n" for number in range(401)}
    grow(application.root, fillers)
    expected = application.analyze()

    grow(application.root, {"fill/part7.py": "import os\nx = 'seven'\n"})
    assert application.is_warm()
    assert application.analyze() == expected == application.analyze("--no-cache")
    grow(application.root, {"fill/part8.py": "import shop.api\nx = 8\n"})
    assert not application.is_warm()
    grow(application.root, {"shop/api.py": SHOP["shop/api.py"].replace("home", "main")})
    assert not application.is_warm()
    assert '"shop.api.main"' in application.analyze()


def test_two_applications_share_a_cache(application: Application, tmp_path: Path) -> None:
    first = application.root
    application.analyze()
    application.root = grow(tmp_path / "other", {**SHOP, "infragraph.yaml": "application: other\n"})
    application.analyze()

    assert application.is_warm()
    application.root = first
    assert application.is_warm()


def test_caches_of_python_and_of_editors_are_no_change(application: Application) -> None:
    application.analyze()
    grow(application.root, {"shop/__pycache__/api.pyc": "", ".idea/x.xml": "", "shop/.api.swp": ""})

    assert application.is_warm()


def test_what_has_new_times_is_looked_into_once(application: Application) -> None:
    application.analyze()
    application.age()
    assert application.is_warm()
    before = {path: path.read_bytes() for path in (application.cache / "outputs").iterdir()}

    assert application.is_warm()

    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("options", [("--jobs", "1"), ("--jobs=3",), ("--timings",)])
def test_an_option_that_changes_no_output_is_answered_too(
    application: Application, options: tuple[str, ...]
) -> None:
    expected = application.analyze()
    warm = ANALYZE.replace("'json']", f"'json', *{options!r}]")

    assert "ast" not in loaded(warm, application.root, application.environment)
    assert application.analyze(*options) == expected


def test_what_goes_to_a_file_is_answered_too(application: Application, tmp_path: Path) -> None:
    grow(application.root, {"shop/more.py": "x = (\n"})
    application.age()
    files = [tmp_path / name for name in ("first.json", "second.json", "third.json")]
    told = [
        infragraph(
            *("analyze", "--format", "json", "--output", str(file), *options),
            cwd=application.root,
            environment=application.environment,
        )
        for file, options in zip(files, ((), (), ("--no-cache",)), strict=True)
    ]

    assert {file.read_bytes() for file in files} == {files[0].read_bytes()}
    assert {(one.stdout, one.stderr, one.returncode) for one in told} == {
        ("", "found 1 error\n", 1)
    }
    warm = ANALYZE.replace("'json']", f"'json', '--output', {str(tmp_path / 'fourth.json')!r}]")
    assert "ast" not in loaded(warm, application.root, application.environment)
    assert (tmp_path / "fourth.json").read_bytes() == files[0].read_bytes()


@pytest.mark.parametrize("path", ["../graph.txt", "../absent/graph.txt"])
def test_a_file_that_cannot_be_written_is_told_each_time(
    application: Application, path: str
) -> None:
    first, second = (
        infragraph(
            "analyze", "--output", path, cwd=application.root, environment=application.environment
        )
        for _ in range(2)
    )

    assert first.returncode == second.returncode == (2 if "absent" in path else 0)
    assert first.stderr == second.stderr != ""


def test_the_same_tool_elsewhere_prints_the_same(
    application: Application, tmp_path: Path, root: Path
) -> None:
    application.analyze()
    installed = tmp_path / "installed"
    shutil.copytree(root / "infragraph", installed / "infragraph")
    environment = {**application.environment, "PYTHONPATH": str(installed)}

    assert "ast" not in loaded(ANALYZE, application.root, environment)
    with (installed / "infragraph/cli/entry.py").open("a") as file:
        file.write("# changed\n")
    assert "ast" in loaded(ANALYZE, application.root, environment)


def test_a_warm_run_loads_next_to_nothing(application: Application) -> None:
    application.analyze()
    assert not loaded(ANALYZE, application.root, application.environment) & HEAVY


@pytest.mark.parametrize("content", [b"", b"rubbish", b"infragraph-cache-1\n" + b"x" * 64])
def test_a_broken_cache_is_no_answer(application: Application, content: bytes) -> None:
    expected = application.analyze()
    for kept in (application.cache / "outputs").iterdir():
        kept.write_bytes(content)

    assert application.analyze() == expected


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(application: Application) -> None:
    application.cache.write_text("a file where the folder would be")

    assert '"application": "shop"' in application.analyze()


def test_a_repository_around_the_root_is_an_input(tmp_path: Path) -> None:
    application = Application(tmp_path)
    grow(application.root, {"shop/api.py": "x = (\n"})
    application.age()
    application.analyze("--format", "sarif")
    (tmp_path / ".git").mkdir()

    found = application.analyze("--format", "sarif")

    assert '"root/shop/api.py"' in found
    assert found == application.analyze("--format", "sarif", "--no-cache")


def test_nothing_is_kept_without_a_cache(application: Application) -> None:
    application.analyze("--no-cache")

    assert not application.cache.exists()


def test_clearing_removes_what_is_ours_alone(application: Application) -> None:
    application.analyze()
    grow(application.cache, {"outputs/notes.txt": "somebody's\n"})

    done = infragraph("cache", "clear", environment=application.environment)

    assert re.fullmatch(rf"removed \d+ results from {application.cache}\n", done.stdout)
    files = [path for path in application.cache.rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["notes.txt"]


def test_the_cache_is_the_users_alone(application: Application) -> None:
    application.analyze()

    everything = list(application.cache.rglob("*"))
    assert everything
    assert [path for path in everything if path.stat().st_mode & 0o077] == []


def test_a_content_has_one_digest() -> None:
    assert inputs.digest(b"a") == inputs.digest(b"a") != inputs.digest(b"b")
