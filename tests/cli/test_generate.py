import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infragraph.cli.completing import environments
from infragraph.cli.exits import Exit
from tests.cli.command import PLAIN, infragraph
from tests.conftest import ROOT

SHOP = ROOT / "fixtures/shop"
PROD = Path("deploy/aws/prod")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHOP, tmp_path / "shop"))


def generate(
    folder: Path, *options: str, env: str | None = "prod"
) -> "subprocess.CompletedProcess[str]":
    named = () if env is None else ("--env", env)
    return infragraph("generate", "aws", *named, *options, cwd=folder)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
def test_an_environment_is_generated_and_then_is_current(shop: Path) -> None:
    written = generate(shop)
    files = tree(shop / PROD)
    again = generate(shop)
    checked = generate(shop, "--check")

    assert (written.returncode, written.stdout) == (Exit.CLEAN, "")
    assert written.stderr == f"{PROD}: {len(files) - 1} files written, 0 unchanged\n"
    assert again.stderr == f"{PROD}: 0 files written, {len(files) - 1} unchanged\n"
    assert (checked.returncode, checked.stdout, checked.stderr) == (Exit.CLEAN, "", "")
    assert tree(shop / PROD) == files
    assert {
        "infragraph.aws.prod.manifest.json",
        "infragraph.runtime.prod.json",
        "report/permissions.json",
        "report/permissions.md",
        "template.json",
        *(
            f"iam/{service}.json"
            for service in (
                "accounts",
                "catalog",
                "emails",
                "orders",
                "payments",
                "reports",
                "shipping",
            )
        ),
    } <= files.keys()


def test_a_check_tells_of_what_would_change_and_changes_nothing(shop: Path) -> None:
    generate(shop)
    before = tree(shop / PROD)
    configuration = shop / "infragraph.yaml"
    configuration.write_text(configuration.read_text().replace("cost-centre: retail", "a: b"))

    checked = generate(shop, "--check")

    assert checked.returncode == Exit.FINDINGS
    assert f"--- {PROD}/template.json\n" in checked.stdout
    assert tree(shop / PROD) == before


def test_a_check_of_nothing_writes_nothing(shop: Path) -> None:
    checked = generate(shop, "--check")

    assert checked.returncode == Exit.FINDINGS
    assert "--- /dev/null\n" in checked.stdout
    assert not (shop / "deploy").exists()


def test_a_pattern_serves_a_small_environment_of_its_own(shop: Path) -> None:
    assert generate(shop, env="pr-12").returncode == Exit.CLEAN

    runtime = json.loads((shop / "deploy/aws/pr-12/infragraph.runtime.pr-12.json").read_text())
    assert runtime["environment"] == "pr-12"


def test_parts_are_generated_alone_and_leave_the_others_as_they_are(shop: Path) -> None:
    alone = generate(shop, "--only", "iam,config")
    first = set(tree(shop / PROD))
    generate(shop)
    whole = tree(shop / PROD)
    again = generate(shop, "--only", "config")

    assert alone.returncode == again.returncode == Exit.CLEAN
    assert {name.partition("/")[0] for name in first} == {
        "iam",
        "infragraph.aws.prod.manifest.json",
        "infragraph.runtime.prod.json",
    }
    assert tree(shop / PROD) == whole
    assert generate(shop, "--check").returncode == Exit.CLEAN


@pytest.mark.slow
def test_what_was_changed_by_hand_is_told_and_left(shop: Path) -> None:
    generate(shop)
    policy = shop / PROD / "iam/emails.json"
    policy.write_text("{}\n")

    done = generate(shop)

    assert done.returncode == Exit.FINDINGS
    assert "error[IG5001]: " in done.stderr
    assert f"'{PROD}/iam/emails.json' was changed by hand" in done.stderr.replace(
        "\n" + " " * 15, " "
    )
    assert policy.read_text() == "{}\n"
    beside = policy.with_name("emails.json.new")
    text = beside.read_text()

    assert generate(shop, "--force").returncode == Exit.CLEAN
    assert policy.read_text() == text
    assert not beside.exists()


def test_what_is_not_ours_is_told_and_left(shop: Path) -> None:
    (shop / PROD).mkdir(parents=True)
    (shop / PROD / "template.json").write_text("theirs")

    done = generate(shop)

    assert done.returncode == Exit.FINDINGS
    assert "error[IG5002]: " in done.stderr
    assert (shop / PROD / "template.json").read_text() == "theirs"


def test_with_an_error_nothing_is_generated(shop: Path) -> None:
    events = shop / "shop/payments/events.py"
    events.write_text(events.read_text().replace('"bank-transfers"', '"Bank Transfers"'))

    done = generate(shop)

    assert done.returncode == Exit.FINDINGS
    assert "error[IG" in done.stderr
    assert done.stderr.endswith("nothing is generated until this is mended\n")
    assert not (shop / "deploy").exists()


def test_with_a_use_that_is_not_resolved_nothing_is_generated(shop: Path) -> None:
    api = shop / "shop/payments/dynamic.py"
    api.write_text(
        "from shop.payments import events, payments\n\n\n"
        '@payments.post("/any/{name}", access="private")\n'
        "async def publish(name: str) -> None:\n"
        "    await getattr(events, name).publish(None)\n"
    )

    done = generate(shop)

    assert done.returncode == Exit.FINDINGS
    assert "warning[IG3" in done.stderr
    assert done.stderr.endswith(
        "nothing is generated until this is mended; 1 use could not be resolved\n"
    )
    assert not (shop / "deploy").exists()


def test_a_use_whose_finding_is_off_is_told_all_the_same(shop: Path) -> None:
    configuration = shop / "infragraph.yaml"
    text = configuration.read_text()
    configuration.write_text(text.replace("severity:\n", "severity:\n  unresolved-use: off\n"))
    (shop / "shop/payments/dynamic.py").write_text(
        "from shop.payments import events, payments\n\n\n"
        '@payments.post("/any/{name}", access="private")\n'
        "async def publish(name: str) -> None:\n"
        "    await getattr(events, name).publish(None)\n"
    )

    done = generate(shop)

    assert done.returncode == Exit.FINDINGS
    assert "note: shop/payments/dynamic.py:6: '" in done.stderr


def test_mistakes_of_another_environment_stand_in_nobody_elses_way(shop: Path) -> None:
    configuration = shop / "infragraph.yaml"
    configuration.write_text(configuration.read_text().replace("    region: europe-west4\n", ""))

    assert generate(shop).returncode == Exit.CLEAN


@pytest.mark.parametrize(
    ("options", "env", "reason"),
    [
        ((), None, "an environment has to be named with --env; environments of aws: pr-*, prod"),
        (
            (),
            "prod-gcp",
            (
                "the environment 'prod-gcp' lies on gcp, and not on aws; "
                "environments of aws: pr-*, prod"
            ),
        ),
        (("--only", "iam,all"), "prod", "--only takes 'config', 'iam', 'manifests' or 'report'"),
        (("--output", "../elsewhere"), "prod", "'../elsewhere' does not lie inside the project"),
        (("--output", "infragraph.yaml"), "prod", "'infragraph.yaml' is not a folder"),
    ],
)
def test_what_cannot_be_meant_ends_the_run(
    options: tuple[str, ...], env: str | None, reason: str, shop: Path
) -> None:
    done = generate(shop, *options, env=env)

    assert done.returncode == Exit.WORLD
    assert done.stderr.startswith(f"infragraph: {reason}")
    assert not (shop / "deploy").exists()


def test_google_cloud_gets_objects_and_a_script_that_can_be_run(shop: Path) -> None:
    done = infragraph("generate", "gcp", "--env", "prod-gcp", cwd=shop)

    folder = shop / "deploy/gcp/prod-gcp"
    assert done.returncode == Exit.CLEAN, done.stderr
    assert (folder / "apply.sh").stat().st_mode & 0o100
    assert {"apply.sh", "infragraph.runtime.prod-gcp.json", "krm/30-data.yaml"} <= tree(
        folder
    ).keys()
    assert {*json.loads((folder / "iam/accounts.json").read_text())} == {"bindings"}


@pytest.mark.slow
def test_an_image_and_a_pipeline_are_generated_where_their_tools_look_for_them(shop: Path) -> None:
    (shop.parent / ".git").mkdir()

    image = infragraph("generate", "docker", cwd=shop)
    pipeline = infragraph("generate", "ci", cwd=shop)

    assert (image.returncode, pipeline.returncode) == (Exit.CLEAN, Exit.CLEAN), pipeline.stderr
    assert (shop / "Dockerfile").is_file()
    assert (shop / ".dockerignore").is_file()
    assert (shop.parent / ".github/workflows/infragraph.yml").is_file()
    for what in ("docker", "ci"):
        assert infragraph("generate", what, "--check", cwd=shop).returncode == Exit.CLEAN

    (shop / "Dockerfile").write_text("FROM scratch\n")
    assert infragraph("generate", "docker", cwd=shop).returncode == Exit.FINDINGS
    assert (shop / "Dockerfile").read_text() == "FROM scratch\n"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--env", "prod"), "'docker' is the same for every environment; leave out --env"),
        (("--only", "iam"), "'docker' has one part alone; leave out --only"),
    ],
)
def test_an_image_has_neither_environments_nor_parts(
    options: tuple[str, ...], reason: str, shop: Path
) -> None:
    done = infragraph("generate", "docker", *options, cwd=shop)

    assert (done.returncode, done.stderr) == (Exit.WORLD, f"infragraph: {reason}\n")


@pytest.mark.slow
def test_without_space_one_line_says_so_and_the_next_run_completes(shop: Path) -> None:
    command = [sys.executable, "-m", "infragraph", "generate", "aws", "--env", "prod"]

    done = subprocess.run(
        command,
        cwd=shop,
        env=PLAIN,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
    )

    assert done.returncode == Exit.WORLD
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"infragraph: '{PROD}/")
    assert generate(shop).returncode == Exit.CLEAN
    assert generate(shop, "--check").returncode == Exit.CLEAN
    assert not [name for name in tree(shop / PROD) if name.startswith(".")]


def test_a_shell_offers_the_environments_of_a_cloud() -> None:
    assert environments(str(SHOP), "aws", "") == ["pr-", "prod"]
    assert environments(str(SHOP), "gcp", "") == ["prod-gcp"]
    assert environments(str(SHOP), None, "prod") == ["prod", "prod-gcp"]
    assert environments(str(SHOP / "shop"), "aws", "") == []


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("infragraph generate aws shop --env ", ["pr-", "prod"]),
        ("infragraph generate gcp shop --env p", ["prod-gcp"]),
        ("infragraph generate gcp --env p", []),
        ("infragraph generate a", ["aws"]),
        ("infragraph generate aws --only i", ["iam"]),
    ],
)
def test_a_shell_completes_what_is_generated(line: str, offered: list[str]) -> None:
    asked = {
        "_INFRAGRAPH_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
    }

    assert infragraph(cwd=SHOP.parent, environment=asked).stdout.split() == offered
