"""Files that are more than any program is."""

from collections.abc import Iterator

from tests.hostile.hostile_input import Hostile, case


def sizes() -> Iterator[Hostile]:
    yield case("a string of 10 MB", f"x = '{'a' * 10_000_000}'\n", "too-large")
    yield Hostile("10 MB of zero bytes", b"\0" * 10_000_000, "too-large")
    yield case("a byte too many", "#" * 5_000_001, "too-large")
    yield case("as many bytes as are read", "#" * 5_000_000, "read")
    yield case("300k assignments", "x = 1\n" * 300_000, "too-many-lines")
    yield case("300k empty lines", "\n" * 300_000, "too-many-lines")
    yield case("a line too many", "\n" * 100_000 + "x", "too-many-lines")
    yield case("300k carriage returns", "\r" * 300_000, "too-many-lines")
    yield case("as many lines as are read", "#\n" * 100_000, "read")
    yield case("1M elements", f"x = [{'1,' * 1_000_000}]\n", "too-complex")
    yield case("1M statements in a line", "x;" * 1_000_000 + "x\n", "too-complex")
    yield case("1M names", f"x = ({'a,' * 1_000_000})\n", "too-complex")
    yield case("1M strings", "x = (" + "''\\\n" * 90_000 + "''" * 900_000 + ")\n", "too-complex")
