"""The pytest plugin, in suites of an application that pytest runs in a process of its own."""

import re
import sys
from pathlib import Path

import pytest

from tests.testing import suites
from tests.testing.suites import Outcome, run, suite


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return suite(tmp_path_factory.mktemp("bakery"))


@pytest.mark.slow
def test_the_suite_of_an_application_passes(bakery: Path) -> None:
    outcome = run(bakery)

    written = (suites.APPLICATION / "checks_bakery.py").read_text()
    names = set(re.findall(r"async def (test_\w+)", written))
    assert outcome.failures == {}, outcome.output
    assert {name.partition("[")[0] for name in outcome.passed} == names
    assert outcome.code == 0


@pytest.mark.slow
def test_two_sessions_at_once_have_servers_of_their_own(bakery: Path) -> None:
    outcome = run(bakery, "-n", "2", "-k", "databases_to_itself or dead_letters")

    assert outcome.failures == {}, outcome.output
    assert len(outcome.passed) == 4
    assert {it.name for it in (bakery / ".infragraph/testing").iterdir()} >= {"0", "1"}


@pytest.mark.slow
def test_a_migration_that_is_added_is_in_the_next_sessions_databases(tmp_path: Path) -> None:
    root = suite(
        tmp_path,
        """
from bakery.orders.api import db

async def test_columns(infra):
    rows = await db.fetch("select * from information_schema.columns where table_name = 'orders'")
    assert len(rows) == COUNT
""",
    )
    tests = root / "tests" / "test_bakery.py"
    written = tests.read_text()
    tests.write_text(f"COUNT = 2\n{written}")
    assert run(root).code == 0

    migration = root / "bakery" / "orders" / "migrations" / "0002_add_price.up.sql"
    migration.write_text("alter table orders add price int;")
    tests.write_text(f"COUNT = 3\n{written}")
    assert run(root).code == 0


def failing(root: Path, tests: str) -> Outcome:
    outcome = run(suite(root, tests), "-k", "not database")
    assert outcome.code == 1, outcome.output
    return outcome


@pytest.mark.slow
def test_an_application_with_errors_is_told_with_its_findings(tmp_path: Path) -> None:
    root = suite(tmp_path, "async def test_nothing(infra): ...")
    (root / "bakery" / "other.py").write_text(
        "from infragraph import Service\n\nagain = Service('Not A Name')\n"
    )

    outcome = run(root)

    (told,) = outcome.failures.values()
    assert "the application has errors" in told
    assert "bakery/other.py:3" in told


@pytest.mark.slow
def test_other_event_loops_are_left_out(tmp_path: Path) -> None:
    root = tmp_path / "empty"
    root.mkdir()
    (root / "infragraph.yaml").write_text("application: empty\n")
    (root / "test_it.py").write_text(
        """
import pytest

@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
async def test_nothing(infra): ...
"""
    )

    outcome = run(root)

    assert outcome.passed == {"test_nothing[asyncio]"}, outcome.output
    assert "1 deselected" in outcome.output


# As pytest-asyncio in its mode `auto`: every coroutine becomes an item of its kind, with a loop of
# its own. Its name is what our plugin knows it by.
LIKE_PYTEST_ASYNCIO = """
import asyncio
import pytest

class Coroutine(pytest.Function):
    def runtest(self):
        asyncio.run(self.obj(**{it: self.funcargs[it] for it in self._fixtureinfo.argnames}))

@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem(collector, name, obj):
    made = yield
    if not isinstance(made, list) or not asyncio.iscoroutinefunction(obj):
        return made
    return [
        Coroutine.from_parent(
            it.parent, name=it.name, callspec=getattr(it, "callspec", None), callobj=it.obj,
            fixtureinfo=it._fixtureinfo, keywords=it.keywords, originalname=it.originalname,
        )
        for it in made
    ]
"""


@pytest.mark.slow
def test_a_plugin_that_takes_every_coroutine_leaves_those_with_the_fixture(tmp_path: Path) -> None:
    root = tmp_path / "empty"
    root.mkdir()
    (root / "infragraph.yaml").write_text("application: empty\n")
    (root / "pytest_asyncio_like.py").write_text(LIKE_PYTEST_ASYNCIO)
    (root / "test_it.py").write_text(
        """
import asyncio
import pytest

LOOPS = []

@pytest.fixture
async def loop(infra):
    return asyncio.get_running_loop()

@pytest.mark.parametrize("number", [1, 2])
async def test_ours(infra, loop, number):
    assert asyncio.get_running_loop() is loop

async def test_theirs():
    LOOPS.append(asyncio.get_running_loop())

def test_that_theirs_ran():
    assert len(LOOPS) == 1
"""
    )

    outcome = run(root, "-p", "pytest_asyncio_like", PYTHONPATH=f"{root}:{':'.join(sys.path)}")

    names = {"test_ours[asyncio-1]", "test_ours[asyncio-2]", "test_theirs", "test_that_theirs_ran"}
    assert outcome.passed == names, outcome.output


@pytest.mark.slow
def test_a_secret_without_a_value_is_told_with_where_to_give_it(tmp_path: Path) -> None:
    outcome = failing(
        tmp_path,
        """
import pytest
from bakery.orders.api import key

async def test_secret(infra):
    key.get()
""",
    )

    (told,) = outcome.failures.values()
    assert "write infra.secrets['OVEN_KEY'] = …" in told


@pytest.mark.slow
def test_a_handler_that_does_not_end_is_told_with_the_trace(tmp_path: Path) -> None:
    root = tmp_path / "waiting"
    (root / "waiting").mkdir(parents=True)
    (root / "infragraph.yaml").write_text("application: waiting\n")
    (root / "waiting" / "__init__.py").write_text(
        """
import asyncio
from infragraph import Service, Topic

waiting = Service("waiting")
numbers = Topic[int]("numbers")

@waiting.subscribe(numbers, "wait")
async def wait(number: int) -> None:
    await asyncio.sleep(3600)

@waiting.get("/numbers", access="public")
async def publish() -> None:
    await numbers.publish(1)
"""
    )
    (root / "test_it.py").write_text(
        """
from waiting import publish

async def test_wait(infra):
    await publish()
    await infra.drain(timeout=0.2)
"""
    )

    (told,) = run(root).failures.values()

    assert "1 messages are not handled after 0.2 s" in told
    assert "deliver  subscription:numbers/wait  attempt 1" in told


@pytest.mark.slow
def test_a_run_without_the_fixture_loads_nothing_of_the_runtime(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        """
import sys

def test_modules():
    loaded = {it for it in sys.modules if it.startswith("infragraph")}
    assert loaded == {"infragraph", "infragraph.testing", "infragraph.testing.plugin"}
"""
    )

    assert run(tmp_path).passed == {"test_modules"}


@pytest.mark.slow
def test_the_same_suite_passes_on_real_infrastructure(bakery: Path) -> None:
    results = bakery / "results.xml"
    results.unlink(missing_ok=True)
    command = [sys.executable, "-m", "infragraph", "test", str(bakery), "--"]

    outcome = suites.outcome(bakery, [*command, "--junitxml", str(results), "-n", "2"])

    assert outcome.failures == {}, outcome.output
    assert len(outcome.passed) == 23
    assert outcome.code == 0
    assert "starting NATS JetStream\nstarting PostgreSQL\n" in outcome.output
    assert suites.processes_over(bakery) == []


@pytest.mark.slow
def test_the_exit_code_of_the_command_is_pytests(tmp_path: Path) -> None:
    root = suite(
        tmp_path,
        """
async def test_broker(infra):
    assert infra.world.broker.features.persistent

def test_nothing():
    assert False
""",
    )
    command = [sys.executable, "-m", "infragraph", "test"]

    assert suites.outcome(root, command).code == 1
    assert suites.outcome(root, [*command, "--", "-k", "broker"]).code == 0
    assert suites.outcome(root, [*command, "--", "-k", "other"]).code == 5
    assert suites.outcome(root, [*command, str(root / "nowhere")]).code == 2
