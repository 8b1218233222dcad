import pytest

from tests.kinds.reading import findings, properties


def test_a_secret_shows_nothing_but_its_name() -> None:
    assert properties('key = Secret("STRIPE_KEY")\n', "secret:STRIPE_KEY") == {}


@pytest.mark.parametrize("name", ["A", "API_KEY_2", "A__B", "X" * 60])
def test_a_name_is_that_of_an_environment_variable(name: str) -> None:
    assert findings(f'key = Secret("{name}")\n') == []


@pytest.mark.parametrize("name", ["", "api_key", "API-KEY", "_KEY", "2FA", "KEY ", "É"])
def test_another_name_is_found(name: str) -> None:
    assert findings(f'key = Secret("{name}")\n') == [("IG2801", f'"{name}"')]
