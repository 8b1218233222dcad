import pytest

from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.secrets.refreshed import SecretError, refreshed
from infragraph.sdk.secret import Secret
from tests.runtime.clocks import ManualClock


class Vault:
    def __init__(self, **values: str) -> None:
        self.values = values

    async def fetch(self, name: str) -> str:
        try:
            return self.values[name]
        except KeyError:
            message = "it has no value"
            raise SecretError(message) from None


async def test_a_value_is_fetched_ahead_and_again_every_five_minutes() -> None:
    vault, clock = Vault(KEY="old"), ManualClock()

    async with refreshed(vault.fetch, ["KEY"], clock) as secrets:
        first = secrets(Secret("KEY"))
        vault.values["KEY"] = "new"
        await clock.advance(299)
        before = secrets(Secret("KEY"))
        await clock.advance(1)

        assert (first, before, secrets(Secret("KEY"))) == ("old", "old", "new")


async def test_what_is_not_given_again_stays_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    vault, clock = Vault(KEY="old"), ManualClock()

    async with refreshed(vault.fetch, ["KEY"], clock) as secrets:
        del vault.values["KEY"]
        await clock.advance(300)

        assert secrets(Secret("KEY")) == "old"
        assert caplog.messages == [
            "secret 'KEY' is as it was, since it was not given again: it has no value"
        ]
        vault.values["KEY"] = "new"
        await clock.advance(300)

        assert secrets(Secret("KEY")) == "new"


async def test_a_service_does_not_start_without_its_secrets() -> None:
    with pytest.raises(ConfigurationError, match=r"^secret 'A': it has no value; secret 'B': "):
        async with refreshed(Vault(C="1").fetch, ["C", "B", "A"], ManualClock()):
            pass


async def test_a_secret_that_the_graph_does_not_know_is_refused() -> None:
    async with refreshed(Vault(A="1").fetch, ["A"], ManualClock()) as secrets:
        with pytest.raises(SecretError, match="'B' is read by no service here"):
            secrets(Secret("B"))
