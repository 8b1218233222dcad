"""A database that tokens of AWS are sent to has to show a certificate that is held to be good."""

import os
import shutil
import ssl
from pathlib import Path

import asyncpg
import pytest

from infragraph.local.postgres.server import Postgres
from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.pool import Pool
from infragraph.runtime.databases.trust import CERTIFICATES, encryption
from tests.runtime.certificates import certificate

ADDRESS = DatabaseAddress(
    host="127.0.0.1",
    port=5432,
    name="postgres",
    user="infragraph",
    login="rds-iam",
    password=None,
    region="eu-west-1",
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return certificate(tmp_path)


@pytest.fixture
async def encrypted(postgres: Postgres, files: tuple[Path, Path]) -> DatabaseAddress:
    """A server with that certificate; skipped where the machine's PostgreSQL speaks no TLS."""
    connection = await asyncpg.connect(postgres.url("postgres"))
    try:
        if await connection.fetchval("select 1 from pg_settings where name = 'ssl'") is None:
            pytest.skip("this PostgreSQL has no TLS")
        folder = Path(await connection.fetchval("show data_directory"))
        for source, name in zip(files, ("server.crt", "server.key"), strict=True):
            shutil.copy(source, folder / name)
            (folder / name).chmod(0o600)
            owner = (folder / "PG_VERSION").stat()
            os.chown(folder / name, owner.st_uid, owner.st_gid)
        try:
            await connection.execute("alter system set ssl = on")
        except asyncpg.PostgresError as error:
            pytest.skip(f"this PostgreSQL has no TLS: {error}")
        await connection.execute("select pg_reload_conf()")
    finally:
        await connection.close()
    return DatabaseAddress(
        host=postgres.host,
        port=postgres.port,
        name="postgres",
        user=postgres.user,
        login="rds-iam",
        password=postgres.password,
        region="eu-west-1",
    )


async def test_a_certificate_of_the_authorities_is_taken(
    encrypted: DatabaseAddress, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CERTIFICATES, str(files[0]))
    assert await _is_encrypted(encrypted)


async def test_a_certificate_of_anyone_else_is_refused(
    encrypted: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv(CERTIFICATES, str(certificate(other)[0]))

    with pytest.raises(ssl.SSLCertVerificationError):
        await _is_encrypted(encrypted)


def test_the_host_is_checked_as_the_certificate_is(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CERTIFICATES, str(files[0]))

    context = encryption(ADDRESS)

    assert context is not None
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_where_the_authorities_are_not_there_nothing_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").touch()
    for name in ("none", "empty"):
        monkeypatch.setenv(CERTIFICATES, str(tmp_path / name))
        with pytest.raises(ConfigurationError, match=r"put https://truststore\.pki\.rds\."):
            encryption(ADDRESS)


async def _is_encrypted(address: DatabaseAddress) -> bool:
    async def password(_address: DatabaseAddress) -> str:
        return address.password or ""

    pool = Pool(address, password, "tests")
    try:
        async with pool.acquire() as connection:
            return bool(
                await connection.fetchval(
                    "select ssl from pg_stat_ssl where pid = pg_backend_pid()"
                )
            )
    finally:
        await pool.close()
