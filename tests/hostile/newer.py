"""Syntax newer than Python 3.11, alone and before what would crash its reader."""

from collections.abc import Iterator

from tests.hostile.hostile_input import Hostile, Outcome, case
from tests.hostile.nesting import indented

_FIRST = "type X = int\n"

_READ = {
    "a type statement": "type X = int\ntype Y[T, *Ts, **P] = dict[T, X]\n",
    "a generic function": "def f[T: int](a: T) -> T: return a\n",
    "a generic class": "class A[T, *Ts]: pass\n",
    "a default of a type parameter": "class A[T = int]: pass\n",
    "an f-string with its own quotes": "x = f'{a['b']}'\n",
    "f-strings in f-strings": "x = f'{f'{f'{f'{1}'}'}'}'\n",
    "an f-string with a backslash": "x = f'{'\\n'.join(a)}'\n",
    "an f-string over lines": "x = f'{\n1  # one\n}'\n",
    "a t-string": "x = t'{a} and {b!r:>{c}}'\n",
    "a raw t-string": "x = rt'{a}\\d'\n",
    "except without brackets": "try: pass\nexcept A, B: pass\n",
    "except groups without brackets": "try: pass\nexcept* A, B: pass\n",
}

# After newer syntax, and each what the same code is without it.
_BOMBS: dict[str, tuple[str, Outcome]] = {
    "3k parentheses": (f"x = {'(' * 3_000}1{')' * 3_000}\n", "too-deep"),
    "100k parentheses": (f"x = {'(' * 100_000}\n", "too-deep"),
    "1k lists": (f"x = {'[' * 1_000}{']' * 1_000}\n", "too-deep"),
    "1k subscripts": (f"x: {'A[' * 1_000}B{']' * 1_000}\n", "too-deep"),
    "a sum of 20k": (f"x = {'1 + ' * 20_000}1\n", "too-deep"),
    "a sum of 3k": (f"x = {'1 + ' * 3_000}1\n", "too-deep"),
    "a sum of 250": (f"x = {'1 + ' * 250}1\n", "too-deep"),
    "a sum of 150": (f"x = {'1 + ' * 150}1\n", "read"),
    "20k attributes": (f"x = a{'.b' * 20_000}\n", "too-deep"),
    "20k calls": (f"x = a{'()' * 20_000}\n", "too-deep"),
    "20k subscripts in a row": (f"x = a{'[0]' * 20_000}\n", "too-deep"),
    "100k minuses": (f"x = {'-' * 100_000}1\n", "too-complex"),
    "100k times not": (f"x = {'not ' * 100_000}1\n", "too-complex"),
    "10k lambdas": (f"x = {'lambda: ' * 10_000}1\n", "too-complex"),
    "10k elif": ("if 1: pass\n" + "elif 1: pass\n" * 10_000, "too-complex"),
    "a power of 20k": (f"x = {'1 ** ' * 20_000}1\n", "too-deep"),
    "20k conditionals": (f"x = {'1 if 1 else ' * 20_000}1\n", "too-deep"),
    "a conjunction of 1,900": (f"x = {'1 and ' * 1_900}1\n", "read"),
    "a comparison of 9k": (f"x = {'1 < ' * 9_000}1\n", "read"),
    "1,900 string literals": ("x = " + "'a' " * 1_900 + "\n", "read"),
    "9k elements": (f"x = [{'1, ' * 9_000}]\n", "read"),
    "9k fields of an f-string": (f"x = f'{'{1}' * 9_000}'\n", "read"),
    "100 times 'if 1:'": (indented("if 1:", 100), "syntax"),
    "99 times 'if 1:'": (indented("if 1:", 99), "read"),
    "a statement of Python 2": ("print 'x'\n", "syntax"),
    "a string without an end": ("x = '''\n", "syntax"),
    "an integer of 5,000 digits": (f"x = {'9' * 5_000}\n", "syntax"),
    "200 f-strings in f-strings": ("x = " + "f'{" * 200 + "1" + "}'" * 200 + "\n", "too-deep"),
    "3k f-strings in f-strings": ("x = " + "f'{" * 3_000 + "1" + "}'" * 3_000 + "\n", "too-deep"),
    "1k fields in a format": ("x = f'" + "{1:" * 1_000 + "}" * 1_000 + "'\n", "too-deep"),
    "a long name": (f"{'a' * 1_000_000} = 1\n", "read"),
    "a string of 1 MB": (f"x = '{'a' * 1_000_000}'\n", "read"),
}


def newer() -> Iterator[Hostile]:
    for name, text in _READ.items():
        yield case(name, text, "read")
    for name, (text, outcome) in _BOMBS.items():
        yield case(f"newer, then {name}", _FIRST + text, outcome)
