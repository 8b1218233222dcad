import pytest

from tests.compiling import compiled
from tests.kinds.reading import findings, findings_in, properties

SERVICE = 'from infragraph import Service\n\nit = Service("{}")\n'


@pytest.mark.parametrize(
    ("path", "package"),
    [
        ("shop/__init__.py", "shop"),
        ("shop/service.py", "shop"),
        ("shop/api.py", "shop.api"),
        ("shop/service/__init__.py", "shop.service"),
        ("service.py", "service"),
        ("api.py", "api"),
    ],
)
def test_a_service_owns_its_package_or_its_module(path: str, package: str) -> None:
    graph, found = compiled({path: SERVICE.format("shop")})

    assert [node.properties["package"] for node in graph.nodes] == [package]
    assert found == ()


def test_a_service_shows_what_is_attached_to_it_in_order() -> None:
    text = """
from fastapi import FastAPI

admin = FastAPI()
shop.mount("/admin", admin)
shop.mount("/site", FastAPI())


@shop.on_startup
async def warm() -> None: ...


@shop.on_startup
def announce() -> None: ...


@shop.on_shutdown
async def close() -> None: ...


@shop.auth_handler
async def authenticate(request) -> Order: ...
"""

    assert list(properties(text, "service:shop").items()) == [
        ("package", "shop"),
        ("auth_handler", "shop.authenticate"),
        ("startup", ["shop.warm", "shop.announce"]),
        ("shutdown", ["shop.close"]),
        (
            "mounts",
            [
                {"path": "/admin", "app": "admin", "module": "shop"},
                {"path": "/site", "app": "FastAPI()", "module": "shop"},
            ],
        ),
    ]
    assert findings(text) == []


@pytest.mark.parametrize(
    "paths",
    [
        ("shop/__init__.py", "shop/service.py"),
    ],
)
def test_two_services_that_own_one_package_are_found_at_the_second(paths: tuple[str, str]) -> None:
    first, second = paths
    files = {first: SERVICE.format("shop"), second: SERVICE.format("store")}

    assert findings_in(files) == [("IG2401", 'it = Service("store")')]


def test_two_services_in_one_module_are_found_at_the_second() -> None:
    files = {"shop.py": f'{SERVICE.format("shop")}other = Service("store")\n'}

    assert findings_in(files) == [("IG2401", 'other = Service("store")')]


def test_a_service_below_another_is_no_mistake() -> None:
    files = {
        "shop/__init__.py": SERVICE.format("shop"),
        "shop/store/__init__.py": SERVICE.format("store"),
        "shop/jobs.py": SERVICE.format("jobs"),
    }

    assert findings_in(files) == []


def test_a_service_that_is_declared_twice_by_one_name_is_no_question_of_ownership() -> None:
    files = {"shop.py": f'{SERVICE.format("shop")}other = Service("shop")\n'}

    assert findings_in(files) == []
    assert [found.code for found in compiled(files)[1]] == ["IG3001"]
