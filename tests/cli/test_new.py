import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from infragraph.kinds.naming import LONGEST_NAME
from tests.cli.command import infragraph


def new(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return infragraph("new", *arguments, cwd=cwd)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    made = new("app", "web-shop", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    return tmp_path / "web-shop"


def test_an_application_says_what_was_made_and_what_comes_next(tmp_path: Path) -> None:
    made = new("app", "web-shop", cwd=tmp_path)

    lines = made.stdout.splitlines()
    assert lines[0] == "web-shop/.gitignore"
    assert lines[lines.index("next:") + 1] == "  cd web-shop"
    assert len(files(tmp_path / "web-shop")) == lines.index("")


def test_an_application_has_no_finding(shop: Path) -> None:
    new("service", "payments", cwd=shop)
    new("topic", "order-shipped", "--service", "payments", cwd=shop)

    analyzed = infragraph("analyze", "--format", "json", "--strict", cwd=shop)

    graph = json.loads(analyzed.stdout)
    assert (analyzed.returncode, graph["diagnostics"], graph["unresolved"]) == (0, [], [])
    assert [node["id"] for node in graph["nodes"] if node["kind"] in {"service", "topic"}] == [
        "service:hello",
        "service:payments",
        "topic:greetings",
        "topic:order-shipped",
    ]


def test_nothing_is_overwritten(shop: Path) -> None:
    before = files(shop)
    (shop / "web_shop/payments").mkdir()
    (shop / "web_shop/payments/api.py").write_text("mine\n")

    again = new("app", "web-shop", cwd=shop.parent)
    service = new("service", "payments", cwd=shop)
    topic = new("topic", "greetings", cwd=shop)

    assert [one.returncode for one in (again, service, topic)] == [2, 2, 2]
    assert again.stderr == (
        "infragraph: 'web-shop' is not empty, and nothing in it is overwritten\n"
    )
    assert service.stderr.endswith(
        "infragraph: 'web_shop/payments/api.py' is there already, and nothing is overwritten\n"
    )
    assert "web_shop/hello/greetings.py:13" in topic.stderr
    assert files(shop) == {**before, "web_shop/payments/api.py": "mine\n"}


def test_no_link_is_followed(shop: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (shop / "web_shop/payments").symlink_to(elsewhere)

    made = new("service", "payments", cwd=shop)

    assert made.returncode == 2
    assert "is a link, which is not followed" in made.stderr
    assert files(elsewhere) == {}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    made = new("app", "shop", "nowhere", cwd=tmp_path)

    assert (made.returncode, made.stderr) == (2, "infragraph: there is no folder 'nowhere'\n")


def test_a_configuration_with_mistakes_makes_nothing(shop: Path) -> None:
    (shop / "infragraph.yaml").write_text("applicaton: shop\n")
    before = files(shop)

    made = new("service", "payments", cwd=shop)

    assert made.returncode == 2
    assert "infragraph.yaml has mistakes; see 'infragraph analyze'" in made.stderr
    assert files(shop) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("service", "topic"),
    [
        ("payments", "order-shipped"),
        ("class", "list"),
        ("s" * LONGEST_NAME, "t" * LONGEST_NAME),
        ("log", "log"),
    ],
    ids=["usual", "words", "long", "same"],
)
def test_checkers_and_its_own_tests_pass(shop: Path, root: Path, service: str, topic: str) -> None:
    for made in (
        new("service", service, cwd=shop),
        new("topic", topic, "--service", service, cwd=shop),
    ):
        assert made.returncode == 0, made.stderr
    checks = (
        ("ruff", "check", "--no-cache", "."),
        ("ruff", "format", "--no-cache", "--check", "."),
        ("mypy", "--cache-dir", str(shop.parent / "cache"), "web_shop", "tests"),
        ("pyright", "--pythonpath", sys.executable),
        ("pytest", "-q", "-p", "no:cacheprovider"),
    )

    for check in checks:
        if len(service) == LONGEST_NAME and "format" in check:
            continue  # Where lines of such words break is up to whoever's formatter it is.
        done = subprocess.run(
            [sys.executable, "-m", *check],
            cwd=shop,
            capture_output=True,
            text=True,
            check=False,
            env=_environment(root),
        )
        assert done.returncode == 0, (check, done.stdout, done.stderr)


def _environment(root: Path) -> dict[str, str]:

    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    # The infragraph of this repository, where another one is installed too.
    return {**kept, "PYTHONPATH": str(root)}
