"""The pytest plugin: the fixture `infra`, which gives a test the application to itself.

It is loaded in every run of pytest where infragraph is installed, so it imports nothing before a
test asks for the fixture.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator, Mapping

    from infragraph.testing.infra import Infra
    from infragraph.testing.session import Session

_PATH = "infragraph_path"
_CONFIGURATION = "infragraph.yaml"
_BACKEND = "anyio_backend"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        _PATH, "the folder of the application that `infra` carries (the root folder)", default=""
    )


def pytest_configure(config: pytest.Config) -> None:
    """Tests import the application as its own modules do: from its folder."""
    root = _root(config)
    if config.getini(_PATH) or _given() or (root / _CONFIGURATION).exists():
        sys.path[:0] = [
            str(it) for it in (root, root / "src") if it.is_dir() and str(it) not in sys.path
        ]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pycollect_makeitem() -> Generator[None, Any, Any]:
    """Tests that ask for `infra` are anyio's, also where pytest-asyncio takes all of them.

    The fixture and the test are to share a loop, and pytest-asyncio runs each test on its own.
    """
    made = yield
    if isinstance(made, list):
        return [_for_anyio(it) for it in cast("list[object]", made)]
    return _for_anyio(made)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The runtime is asyncio's: anyio's runs of the same tests on other loops are left out."""
    others = [item for item in items if _is_of_another_loop(item)]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


@pytest.fixture(scope="session")
def infra_session(request: pytest.FixtureRequest) -> Generator[Callable[[], Session]]:
    """The application, and the PostgreSQL that tests share; made when they are first needed."""
    try:
        from infragraph.testing.session import opened  # noqa: PLC0415 - when a test asks for it
    except ModuleNotFoundError as error:
        pytest.fail(
            f"'{error.name}' is not installed: install 'infragraph-cli[local]'", pytrace=False
        )
    with opened(_root(request.config)) as session:
        yield session


@pytest.fixture
def infra_secrets() -> Mapping[str, str]:
    """The secrets with which every test starts: a suite gives its own by a fixture of this name."""
    return {}


@pytest.fixture
async def infra(
    anyio_backend: object,
    infra_session: Callable[[], Session],
    infra_secrets: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncGenerator[Infra]:
    """The application in an environment of this test's own."""
    from infragraph.testing.environment import environment  # noqa: PLC0415 - when a test asks for it
    from infragraph.testing.session import ApplicationError  # noqa: PLC0415 - as above

    del anyio_backend  # it makes anyio run this, and the test
    session = infra_session()
    try:
        session.services  # noqa: B018 - read first, so that what is wrong with it is told by itself
    except ApplicationError as error:
        pytest.fail(str(error), pytrace=False)
    async with environment(session, tmp_path_factory.mktemp("infra"), infra_secrets) as made:
        yield made


def _root(config: pytest.Config) -> Path:
    return config.rootpath / (_given() or str(config.getini(_PATH)))


def _given() -> str | None:
    """The application that `infragraph test` was asked to test."""
    said = os.environ.get("INFRAGRAPH_TEST")
    return None if said is None else json.loads(said)["application"]


def _for_anyio(made: object) -> object:
    if not isinstance(made, pytest.Function) or "infra" not in made.fixturenames:
        return made
    if not type(made).__module__.startswith("pytest_asyncio"):
        return made
    parent = made.parent
    assert parent is not None, "an item is in a module or a class"
    function = cast("Any", pytest.Function)  # the types of its keywords are unknown
    return function.from_parent(
        parent,
        name=made.name,
        callspec=getattr(made, "callspec", None),
        callobj=made.obj,
        # As pytest-asyncio itself hands it on.
        fixtureinfo=made._fixtureinfo,  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        keywords=made.keywords,
        originalname=made.originalname,
    )


def _is_of_another_loop(item: pytest.Item) -> bool:
    if "infra" not in getattr(item, "fixturenames", ()):
        return False
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    backend = parameters.get(_BACKEND, "asyncio")
    return (backend if isinstance(backend, str) else backend[0]) != "asyncio"
