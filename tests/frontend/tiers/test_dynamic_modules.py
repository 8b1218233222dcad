"""A module that makes its names in `__getattr__` is parsed with what it may make them of."""

from infragraph.dialects import ALL_DIALECTS
from infragraph.frontend.files import InMemory
from infragraph.frontend.reading import read
from infragraph.model.source import SourceFile

SERVICE = b'from infragraph import Service\n\nservice = Service("s")\n'
LAZY = (
    b"from importlib import import_module\n\ndef __getattr__(name):\n    return import_module(%s)\n"
)


def parsed(files: dict[str, bytes]) -> list[str]:
    sources = [
        SourceFile(
            path=path,
            content=content,
            module=path.removesuffix(".py").removesuffix("/__init__").replace("/", "."),
            is_package=path.endswith("__init__.py"),
            is_library=False,
        )
        for path, content in files.items()
    ]
    reading = read(sources, tuple(dialect.library for dialect in ALL_DIALECTS), InMemory(), few=0)
    return sorted(reading.sources[number].module for number in reading.first)


def test_one_of_a_package_without_resources_is_passed_over() -> None:
    files = {
        "shop/service.py": SERVICE,
        "lazy/__init__.py": LAZY % b'f"lazy.{name}"',
        "lazy/user.py": b"from lazy import anything\n\nanything.run()\n",
    }

    assert parsed(files) == ["shop.service"]


def test_one_of_a_package_with_resources_is_parsed_with_its_importers() -> None:
    files = {
        "shop/service.py": SERVICE,
        "shop/lazy.py": LAZY % b'f"shop.{name}"',
        "other/user.py": b"from shop.lazy import anything\n\nanything.run()\n",
    }

    assert parsed(files) == ["other.user", "shop.lazy", "shop.service"]


def test_one_that_speaks_of_a_package_with_resources_is_parsed_too() -> None:
    files = {
        "lazy/__init__.py": LAZY % b'f"shop.{name}"',
        "lazy/user.py": b"from lazy import anything\n\nanything.run()\n",
        "shop/service.py": SERVICE,
    }

    assert parsed(files) == ["lazy", "lazy.user", "shop.service"]
