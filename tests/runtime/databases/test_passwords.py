from urllib.parse import parse_qs, urlsplit

import pytest

from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.passwords import current_password


def address(login: str, **given: str) -> DatabaseAddress:
    options: dict[str, str | None] = {"password": None, "region": None, **given}
    return DatabaseAddress(
        host="db.internal",
        port=5432,
        name="shop",
        user="svc_shop",
        login=login,
        password=options["password"],
        region=options["region"],
    )


async def test_a_static_password_is_as_configured() -> None:
    assert await current_password(address("password", password="p")) == "p"  # noqa: S106


async def test_rds_gets_a_token_for_one_role_and_a_quarter_of_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")

    token = await current_password(address("rds-iam", region="eu-west-1"))

    said = urlsplit(f"https://{token}")
    fields = parse_qs(said.query)
    assert (said.netloc, fields["DBUser"], fields["X-Amz-Expires"], fields["Action"]) == (
        "db.internal:5432",
        ["svc_shop"],
        ["900"],
        ["connect"],
    )
    assert "/eu-west-1/rds-db/" in fields["X-Amz-Credential"][0]


async def test_a_token_without_a_region_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="'shop' has no region"):
        await current_password(address("rds-iam"))
