"""What tests of the clouds share."""

from collections.abc import Generator, Mapping

import pytest

from tests.runtime.ministack import ministack


@pytest.fixture(scope="session")
def ministack_variables(tmp_path_factory: pytest.TempPathFactory) -> Generator[Mapping[str, str]]:
    """One emulator for all tests: what each makes has names of its own."""
    with ministack(tmp_path_factory.mktemp("ministack") / "log") as variables:
        yield variables


@pytest.fixture
def aws(ministack_variables: Mapping[str, str]) -> Generator[Mapping[str, str]]:
    """AWS as this process sees it; a test that undoes its own changes leaves these."""
    with pytest.MonkeyPatch.context() as changed:
        for name, value in ministack_variables.items():
            changed.setenv(name, value)
        yield ministack_variables
