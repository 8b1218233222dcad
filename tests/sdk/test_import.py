"""What importing the SDK costs an application."""

import subprocess
import sys
from pathlib import Path

import pytest

import infragraph

MODULES = {
    "infragraph",
    "infragraph.sdk",
    "infragraph.sdk.auth",
    "infragraph.sdk.bucket",
    "infragraph.sdk.cron",
    "infragraph.sdk.database",
    "infragraph.sdk.endpoint",
    "infragraph.sdk.errors",
    "infragraph.sdk.markers",
    "infragraph.sdk.message",
    "infragraph.sdk.mount",
    "infragraph.sdk.retry",
    "infragraph.sdk.running",
    "infragraph.sdk.secret",
    "infragraph.sdk.service",
    "infragraph.sdk.slot",
    "infragraph.sdk.subscription",
    "infragraph.sdk.topic",
}

NAMES = {
    "APIError",
    "AlreadyExists",
    "Attribute",
    "AuthHandler",
    "Bucket",
    "Cookie",
    "DeadlineExceeded",
    "Endpoint",
    "Header",
    "InvalidArgument",
    "Message",
    "NotFound",
    "PermissionDenied",
    "Reject",
    "ResourceExhausted",
    "Retry",
    "RetryAfter",
    "Row",
    "SQLDatabase",
    "Secret",
    "Service",
    "Topic",
    "Transaction",
    "Unauthenticated",
    "Unavailable",
    "running",
}


def test_importing_the_package_loads_nothing_before_a_name_is_asked_for(root: Path) -> None:
    assert _loaded_by("import infragraph", root) == {"infragraph"}


def test_importing_the_sdk_loads_only_itself_beyond_typing_and_functools(root: Path) -> None:
    loaded = _loaded_by("from infragraph import *", root)

    assert loaded - _loaded_by("import functools, typing", root) == {*MODULES, "__future__"}


def test_importing_the_sdk_loads_nothing_that_costs_more_than_typing(root: Path) -> None:
    loaded = _loaded_by("from infragraph import *", root)

    assert loaded & {"dataclasses", "inspect", "asyncio", "datetime", "json", "logging"} == set()


def test_the_package_offers_the_documented_names_and_no_others() -> None:
    assert set(infragraph.__all__) == NAMES
    # What pytest adds to the packages of its plugins begins with `@`.
    assert {name for name in dir(infragraph) if name[0] not in "_@"} - _subpackages() == NAMES
    assert all(hasattr(infragraph, name) for name in NAMES)


def test_a_name_that_there_is_not_is_told() -> None:
    with pytest.raises(AttributeError, match="module 'infragraph' has no attribute 'Queue'"):
        getattr(infragraph, "Queue")  # noqa: B009 - which no type checker would let pass


def _loaded_by(statement: str, root: Path) -> set[str]:
    """The modules that a statement loads in a fresh interpreter that has loaded no `site`."""
    script = (
        f"import sys; sys.path.insert(0, {str(root)!r}); before = set(sys.modules); "
        f"{statement}; print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def _subpackages() -> set[str]:
    """Those that this test session has imported, which Python hangs into the package."""
    prefix = "infragraph."
    return {name.removeprefix(prefix) for name in sys.modules if name.startswith(prefix)}
