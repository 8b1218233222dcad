from collections.abc import Mapping

import pytest
from hypothesis import given, settings

from infragraph.model.graph import InfraGraph
from infragraph.model.source import SourceFile
from infragraph.usecases.new import Made, Refused, application, new_service, new_topic
from tests.compiling import compiled
from tests.scaffold.test_names import PROPER

EMPTY = {"shop/__init__.py": ""}
SHOP = {
    "shop/__init__.py": "",
    "shop/orders/__init__.py": 'from infragraph import Service\n\norders = Service("orders")\n',
    "shop/orders/events.py": (
        "from infragraph import Topic\n\nplaced = Topic[str]('placed')\n\n"
        "async def tell() -> None:\n    await placed.publish('a')\n"
    ),
    "shop/orders/handlers.py": (
        "from shop.orders import orders\nfrom shop.orders.events import placed\n\n"
        "@orders.subscribe(placed, 'log')\nasync def log(it: str) -> None: ...\n"
    ),
}
BOTH = {
    **SHOP,
    "shop/emails/service.py": 'from infragraph import Service\n\nmails = Service("emails")\n',
    "shop/emails/__init__.py": "",
}


def sources(files: Mapping[str, str]) -> list[SourceFile]:
    return [
        SourceFile(
            path=path,
            module=path.removesuffix(".py").removesuffix("/__init__").replace("/", "."),
            is_package=path.endswith("__init__.py"),
        )
        for path in files
    ]


def graph(files: Mapping[str, str]) -> InfraGraph:
    return compiled(files)[0]


def service(name: str, files: Mapping[str, str], package: str | None = None) -> Made | Refused:
    return new_service(name, graph(files), sources(files), package)


def topic(name: str, files: Mapping[str, str], owner: str | None = None) -> Made | Refused:
    return new_topic(name, graph(files), sources(files), owner)


def texts(made: Made | Refused) -> dict[str, str]:
    assert isinstance(made, Made)
    return {one.path: one.content for one in made.artifacts}


def why(made: Made | Refused) -> str:
    assert isinstance(made, Refused)
    return made.reason


def findings(files: Mapping[str, str]) -> list[str]:
    modules = {path: text for path, text in files.items() if not path.startswith("tests/")}
    return [one.message for one in compiled(modules)[1]]


def test_an_application_is_complete() -> None:
    made = texts(application("web-shop", "0.1.0"))

    assert sorted(made) == [
        ".gitignore",
        "README.md",
        "infragraph.yaml",
        "pyproject.toml",
        "tests/test_greetings_topic.py",
        "tests/test_hello.py",
        "web_shop/__init__.py",
        "web_shop/hello/__init__.py",
        "web_shop/hello/api.py",
        "web_shop/hello/greetings.py",
        "web_shop/hello/greetings_handlers.py",
    ]
    assert 'dependencies = ["infragraph-cli[runtime]>=0.1, < 0.2"]' in made["pyproject.toml"]
    assert findings(made) == []


@pytest.mark.slow
@settings(max_examples=20)
@given(PROPER, PROPER, PROPER)
def test_whatever_is_made_has_no_finding(name: str, one: str, other: str) -> None:
    made = application(name, "0.1.0")
    if isinstance(made, Refused):
        return
    files = texts(made)
    for step in (one, other):
        added = service(step, files)
        if isinstance(added, Made):
            assert not texts(added).keys() & files.keys()
            files |= texts(added)
            files |= texts(topic(other, files, step)) if step == one else {}

    assert findings(files) == []


@pytest.mark.parametrize("name", ["class", "list", "log", "infragraph", "asyncio", "x" * 40])
def test_names_that_python_has_a_meaning_for(name: str) -> None:
    files = {**EMPTY, **texts(service(name, EMPTY))}
    files |= texts(topic(name, files, name))

    assert findings(files) == []


def test_a_service_goes_beside_the_others() -> None:
    assert sorted(texts(service("payments", SHOP))) == [
        "shop/payments/__init__.py",
        "shop/payments/api.py",
        "tests/test_payments.py",
    ]
    nested = {
        "src/shop/__init__.py": "",
        "src/shop/services/__init__.py": "",
        "src/shop/services/orders/service.py": SHOP["shop/orders/__init__.py"],
        "src/shop/services/orders/__init__.py": "",
    }
    found = [
        SourceFile(path=one.path, module=one.module.removeprefix("src."), is_package=one.is_package)
        for one in sources(nested)
    ]
    without = {path.removeprefix("src/"): text for path, text in nested.items()}
    made = texts(new_service("payments", graph(without), found, None))
    assert (
        "from shop.services.payments import payments" in (made["src/shop/services/payments/api.py"])
    )


def test_a_service_goes_where_it_is_told_to() -> None:
    assert "shop/emails/payments/api.py" in texts(service("payments", BOTH, "shop.emails"))
    assert why(service("payments", BOTH, "shop.emial")) == (
        "there is no package 'shop.emial'; did you mean 'shop.emails'?"
    )


def test_a_first_service_goes_into_the_only_package() -> None:
    assert "shop/orders/api.py" in texts(service("orders", EMPTY))
    assert why(service("orders", {**EMPTY, "tools/__init__.py": ""})) == (
        "no service shows where one belongs; name the package that it goes into with --package; "
        "known: 'shop' or 'tools'"
    )
    assert why(service("orders", {"main.py": ""})) == (
        "no service shows where one belongs; name the package that it goes into with --package"
    )


def test_a_name_that_is_taken_is_told_with_both_places() -> None:
    assert why(service("orders", SHOP)) == (
        "the service 'orders' is declared at shop/orders/__init__.py:3, and would be again in "
        "shop/orders/__init__.py"
    )
    assert why(topic("placed", SHOP)) == (
        "the topic 'placed' is declared at shop/orders/events.py:3, and would be again in "
        "shop/orders/placed.py"
    )


def test_a_topic_belongs_to_the_only_service_or_to_the_one_named() -> None:
    assert sorted(texts(topic("order-shipped", SHOP))) == [
        "shop/orders/order_shipped.py",
        "shop/orders/order_shipped_handlers.py",
        "tests/test_order_shipped_topic.py",
    ]
    made = {**BOTH, **texts(topic("order-shipped", BOTH, "emails"))}
    assert (
        "from shop.emails.service import mails" in (made["shop/emails/order_shipped_handlers.py"])
    )
    assert findings(made) == []
    assert why(topic("order-shipped", BOTH)) == (
        "name the service that the topic belongs to with --service: 'emails' or 'orders'"
    )
    assert why(topic("order-shipped", BOTH, "oders")) == (
        "there is no service 'oders'; did you mean 'orders'?"
    )
    assert why(topic("order-shipped", BOTH, "xyz")) == (
        "there is no service 'xyz'; known: 'emails' or 'orders'"
    )
    assert why(topic("order-shipped", EMPTY)) == (
        "the application has no service yet; make one: infragraph new service"
    )


def test_a_service_of_one_module_has_no_room_for_a_topic() -> None:
    alone = {"shop.py": SHOP["shop/orders/__init__.py"]}

    assert why(topic("order-shipped", alone)) == (
        "the service 'orders' owns the module shop.py alone; give it a package first"
    )
    assert "payments/api.py" in texts(service("payments", alone))


def test_a_folder_with_a_strange_name_is_refused() -> None:
    found = [SourceFile(path="a b/shop/__init__.py", module="shop", is_package=True)]

    assert why(new_service("orders", graph(EMPTY), found, None)) == (
        "the folder 'a b/shop' has a name that no module is made in"
    )


@pytest.mark.parametrize("name", ["Order", "a b", "$(id)", "a\nb", "", "../x"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    for made in (application(name, "0.1.0"), service(name, SHOP), topic(name, SHOP)):
        assert why(made).startswith(f"{name!r} is no name of ")
