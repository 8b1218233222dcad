import os
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
        """Whether the next run answers without loading the command line."""
        return "typer" not in loaded(ANALYZE, self.root, self.environment)


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


def test_a_warm_run_loads_next_to_nothing(application: Application) -> None:
    application.analyze()
    assert not loaded(ANALYZE, application.root, application.environment) & HEAVY


@pytest.mark.parametrize("content", [b"", b"rubbish", b"infragraph-cache-1\n" + b"x" * 64])
def test_a_broken_cache_is_no_answer(application: Application, content: bytes) -> None:
    expected = application.analyze()
    (kept,) = (application.cache / "outputs").iterdir()
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

    assert done.stdout == f"removed 1 result from {application.cache}\n"
    assert [path.name for path in (application.cache / "outputs").iterdir()] == ["notes.txt"]


def test_the_cache_is_the_users_alone(application: Application) -> None:
    application.analyze()

    assert (application.cache / "outputs").stat().st_mode & 0o077 == 0
    (kept,) = (application.cache / "outputs").iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_content_has_one_digest() -> None:
    assert inputs.digest(b"a") == inputs.digest(b"a") != inputs.digest(b"b")
