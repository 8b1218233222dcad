"""The whole application on one machine, on a real nsqd."""

import signal
import sys
from pathlib import Path

import pytest

from tests.local.runs import FIXTURES, local_run, processes_in, until
from tests.local.test_run import SECRETS, rows, sign_up
from tests.runtime.nsqd import PLACE, nsqd, program

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc"),
]

_OPTIONS = ("--broker", "nsq", "--no-reload")


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, program("nsqd"))


async def test_the_shop_publishes_and_handles_on_nsq(tmp_path: Path) -> None:
    with local_run(FIXTURES / "shop", tmp_path, *_OPTIONS, secrets=SECRETS) as run:
        assert "starting nsqd\n" in run.news
        assert "NSQ keeps no order: messages of topic 'parcel-moves', which is" in run.news
        assert sign_up(run).status_code == 200
        assert await rows(run, "accounts", "select email from accounts") == [("a@example.com",)]
        until(lambda: "subscription:signups/send-welcome-email: message" in run.lines)
        # A mail that cannot be sent waits for its next attempt, in nsqd's memory.
        assert run.end(signal.SIGKILL) == -signal.SIGKILL
    with local_run(FIXTURES / "shop", tmp_path, *_OPTIONS, secrets=SECRETS) as run:
        assert sign_up(run).status_code == 409
        until(lambda: "subscription:signups/send-welcome-email: message" in run.lines)
        assert run.end(signal.SIGINT) == 0
    until(lambda: processes_in(run.root) == [], 10)


async def test_an_nsqd_that_runs_already_is_used_and_left_running(tmp_path: Path) -> None:
    async with nsqd(tmp_path) as server:
        options = (*_OPTIONS, "--nsqd-address", server.address)
        with local_run(FIXTURES / "shop", tmp_path, *options, secrets=SECRETS) as run:
            assert f"using the nsqd at {server.address}\n" in run.news
            assert sign_up(run).status_code == 200
            until(lambda: "subscription:signups/send-welcome-email: message" in run.lines)
            assert run.end(signal.SIGINT) == 0
        assert server.is_running
        assert not (run.root / ".infragraph" / "nsq").exists()
