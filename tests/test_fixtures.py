"""The sample applications are real programs, which the SDK itself accepts."""

import ast
import inspect
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import infragraph
from infragraph import Bucket, Retry, Secret, Service, SQLDatabase, Topic

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"
SHOP = FIXTURES / "shop"

IMPORTED = """
import importlib, json, pkgutil, sys
from infragraph import Bucket, Secret, Service, SQLDatabase, Topic

KINDS = {Topic: "topic", SQLDatabase: "database", Bucket: "bucket", Secret: "secret"}

package = importlib.import_module(sys.argv[1])
names = [found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
ids = set()
for module in map(importlib.import_module, names):
    for value in [*vars(module).values()]:
        if type(value) in KINDS:
            ids.add(f"{KINDS[type(value)]}:{value.name}")
services = {
    id(value): value
    for name in [package.__name__, *names]
    for value in vars(sys.modules[name]).values()
    if type(value) is Service
}
for service in services.values():
    ids.add(f"service:{service.name}")
    ids |= {f"endpoint:{service.name}/{endpoint.name}" for endpoint in service.endpoints}
    ids |= {f"subscription:{one.topic.name}/{one.name}" for one in service.subscriptions}
    ids |= {f"cron:{cron.name}" for cron in service.crons}
print(json.dumps(sorted(ids)))
"""
"""Imports every module of a package, and prints the ids of all that its objects declare."""

MADE_BY_DECORATORS = {"AuthHandler", "Endpoint"}
"""Names for annotations of what decorators return: applications seldom write them."""


@pytest.mark.parametrize(("folder", "package"), [("minimal", "greeter"), ("shop", "shop")])
def test_imported_it_declares_what_is_expected_of_its_source(folder: str, package: str) -> None:
    expected = json.loads((FIXTURES / folder / "expected.json").read_text("utf-8"))

    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, package],
        cwd=FIXTURES / folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert json.loads(done.stdout) == expected["nodes"]


def test_the_shop_uses_every_name_of_the_sdk() -> None:
    used = {name for tree in trees() for name in names(tree)}

    assert set(infragraph.__all__) - used - MADE_BY_DECORATORS == set()


@pytest.mark.parametrize(
    "declaration",
    [
        *(Topic[Any], SQLDatabase, Bucket, Retry),
        *(Service.get, Service.post, Service.put, Service.patch, Service.delete, Service.raw),
        *(Service.subscribe, Service.cron),
        *(Topic[Any].publish, Topic[Any].publish_many, Bucket.upload, Bucket.signed_url),
    ],
    ids=lambda declaration: declaration.__qualname__,
)
def test_the_shop_uses_every_option(declaration: Callable[..., Any]) -> None:
    name = declaration.__name__
    family = METHODS if name in METHODS else {name}
    used = {option for tree in trees() for option in options(tree, family)}

    assert keyword_only(declaration) - used == set()


METHODS = {"get", "post", "put", "patch", "delete"}
"""They have the same options; each is given at one of them at least."""


@pytest.mark.parametrize("kind", [Topic, SQLDatabase, Bucket, Secret, Service])
def test_the_shop_uses_every_verb(kind: type) -> None:
    nodes = (node for tree in trees() for node in ast.walk(tree))
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    verbs = {
        name
        for name, value in vars(kind).items()
        if not name.startswith("_") and (inspect.isfunction(value) or isinstance(value, property))
    }

    assert verbs - used - {"payload_type"} == set()


def trees() -> Iterator[ast.Module]:
    for path in sorted(SHOP.rglob("*.py")):
        yield ast.parse(path.read_text("utf-8"))


def names(tree: ast.Module) -> Iterator[str]:
    """What is imported from the SDK, or read of it."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module="infragraph"):
                yield from (alias.name for alias in node.names)
            case ast.Attribute(value=ast.Name(id="infragraph")):
                yield node.attr
            case _:
                pass


def options(tree: ast.Module, family: set[str]) -> Iterator[str]:
    """The keywords of every call of something that is called one of `family`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node.func) in family:
            yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def called(callee: ast.expr) -> str:
    match callee:
        case ast.Name():
            return callee.id
        case ast.Attribute():
            return callee.attr
        case ast.Subscript():
            return called(callee.value)
        case _:
            return ""


def keyword_only(declaration: Callable[..., Any]) -> set[str]:
    parameters = inspect.signature(declaration).parameters.values()
    return {one.name for one in parameters if one.kind == one.KEYWORD_ONLY}
