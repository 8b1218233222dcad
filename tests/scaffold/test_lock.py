import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.scaffold.lock import Lock, parse_lock

INFRAGRAPH = """
[[package]]
name = "infragraph-cli"
version = "0.1.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "jinja2" }, { name = "libcst" }, { name = "typer" }]

[package.optional-dependencies]
runtime = [{ name = "uvicorn" }]

[[package]]
name = "jinja2"
version = "3.1.6"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "markupsafe" }]

[[package]]
name = "markupsafe"
version = "3.0.4"

[[package]]
name = "libcst"
version = "1.9.0"
dependencies = [{ name = "pyyaml", marker = "python_full_version < '3.13'" }]

[[package]]
name = "pyyaml"
version = "6.0.4"

[[package]]
name = "typer"
version = "0.29.2"
dependencies = [{ name = "click" }]

[[package]]
name = "click"
version = "8.5.1"

[[package]]
name = "uvicorn"
version = "0.54.0"
dependencies = [{ name = "click" }]
"""


NOTHING = Lock(compiler_only=(), has_runtime=False, extras=frozenset(), has_private_index=False)


def lock(*requirements: str, others: str = "", index: str = "https://pypi.org/simple") -> bytes:
    """A lock of a project that requires these, as tables of TOML."""
    own = f"""
version = 1

[[package]]
name = "shop"
version = "0.1.0"
source = {{ virtual = "." }}
dependencies = [{", ".join(requirements)}]
"""
    return (own + INFRAGRAPH + others).replace("https://pypi.org/simple", index).encode()


def test_what_the_compiler_alone_needs_is_left_out() -> None:
    found = parse_lock(lock('{ name = "infragraph-cli", extra = ["runtime"] }'))

    assert found == Lock(
        compiler_only=("jinja2", "libcst", "markupsafe", "pyyaml", "typer"),
        has_runtime=True,
        extras=frozenset({"runtime"}),
        has_private_index=False,
    )


def test_what_the_application_needs_too_stays() -> None:
    found = parse_lock(lock('{ name = "infragraph-cli" }', '{ name = "jinja2" }'))

    assert found is not None
    assert found.compiler_only == ("click", "libcst", "pyyaml", "typer")


def test_a_lock_without_infragraph_is_told_of() -> None:
    found = parse_lock(lock('{ name = "click" }'))

    assert found == NOTHING


def test_an_extra_that_another_brings_is_one_too() -> None:
    clouds = 'runtime = [{ name = "infragraph-cli", extra = ["aws"] }, { name = "uvicorn" }]'
    own = lock('{ name = "infragraph-cli", extra = ["runtime"] }').decode()

    found = parse_lock(own.replace('runtime = [{ name = "uvicorn" }]', clouds).encode())

    assert found is not None
    assert found.extras == {"aws", "runtime"}


def test_packages_that_are_locked_twice_need_what_either_needs() -> None:
    twice = '\n[[package]]\nname = "click"\nversion = "7.0"\ndependencies = [{ name = "pyyaml" }]\n'

    found = parse_lock(lock('{ name = "infragraph-cli", extra = ["runtime"] }', others=twice))

    assert found is not None
    assert "pyyaml" not in found.compiler_only


def test_an_index_of_ones_own_is_seen() -> None:
    found = parse_lock(lock(index="https://packages.example.com/simple"))

    assert found is not None
    assert found.has_private_index


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"package = 1",
        b"package = [1, 'a']",
        b"[[package]]\nname = 1",
        b"[[package]]\nname = 'a'\nsource = { virtual = '.' }\ndependencies = [1, { name = 2 }]",
        b"[[package]]\nname = 'a'\nsource.virtual = '.'\ndependencies = [{name = 'b', extra = 1}]",
    ],
)
def test_a_strange_lock_says_nothing(content: bytes) -> None:
    assert parse_lock(content) == NOTHING


@given(st.binary(max_size=60))
def test_no_bytes_are_too_strange(content: bytes) -> None:
    parse_lock(b"[[package]]\n" + content)


def test_what_is_no_toml_is_no_lock() -> None:
    assert parse_lock(b"[[package") is None
    assert parse_lock(b"\xff") is None
