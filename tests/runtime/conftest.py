"""What tests of the clouds share.

What ministack does not enforce its tests cannot show: it lets a raw message with more than ten
attributes pass, checks no rights, of signatures those of URLs alone, and has all in memory.
"""

from collections.abc import Generator, Mapping

import pytest

from infragraph.runtime.clouds.google import PUBSUB_EMULATOR
from tests.deploy.emulator import emulator, variables
from tests.runtime.pubsub_emulator import pubsub_emulator


@pytest.fixture(scope="session")
def ministack_variables(tmp_path_factory: pytest.TempPathFactory) -> Generator[Mapping[str, str]]:
    """One emulator for all tests: what each makes has names of its own."""
    with emulator(tmp_path_factory.mktemp("ministack") / "log") as url:
        # It holds URLs against this secret.
        yield {**variables(url), "AWS_SECRET_ACCESS_KEY": "test"}


@pytest.fixture
def aws(ministack_variables: Mapping[str, str]) -> Generator[Mapping[str, str]]:
    """AWS as this process sees it; a test that undoes its own changes leaves these."""
    with pytest.MonkeyPatch.context() as changed:
        for name, value in ministack_variables.items():
            changed.setenv(name, value)
        yield ministack_variables


@pytest.fixture(scope="session")
def pubsub_address(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """As `ministack_variables`."""
    with pubsub_emulator(tmp_path_factory.mktemp("pubsub") / "log") as address:
        yield address


@pytest.fixture
def pubsub(pubsub_address: str) -> Generator[str]:
    """Pub/Sub as this process and those that it starts see it."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv(PUBSUB_EMULATOR, pubsub_address)
        yield pubsub_address
