"""Code that nests, or repeats until parsers recurse."""

from collections.abc import Iterator

from tests.hostile.hostile_input import Hostile, case

# What is repeated before and after a core; each level is one bracket and at least one node.
_BRACKETS = {
    "lists": ("[", "]"),
    "tuples": ("(", ",)"),
    "dicts": ("{1:", "}"),
    "sets": ("{", "}"),
    "calls": ("f(", ")"),
    "keyword calls": ("f(a=", ")"),
    "starred": ("f(*", ")"),
    "subscripts": ("A[", "]"),
    "slices": ("A[1:", "]"),
    "lambdas in brackets": ("(lambda: ", ")"),
    "conditionals in brackets": ("(1 if 1 else ", ")"),
    "comparisons": ("1 < (", ")"),
    "conjunctions": ("1 and (", ")"),
    "sums to the right": ("1 + (", ")"),
    "negations in brackets": ("-(", ")"),
    "walruses": ("(a := ", ")"),
    "comprehensions": ("[", " for a in b]"),
    "comprehensions in their source": ("[a for a in ", "]"),
    "dict comprehensions": ("{1: ", " for a in b}"),
    "generators": ("f(", " for a in b)"),
}

# What is repeated in a row without brackets.
_CHAINS = {
    "sum": ("x = ", "1 + ", "1\n"),
    "product": ("x = ", "1 * ", "1\n"),
    "union": ("x: ", "A | ", "A\n"),
    "power": ("x = ", "1 ** ", "1\n"),
    "attributes": ("x = a", ".b", "\n"),
    "calls in a row": ("x = a", "()", "\n"),
    "subscripts in a row": ("x = a", "[0]", "\n"),
    "mixed trailers": ("x = a", ".b[0]()", "\n"),
    "conditionals": ("x = ", "1 if 1 else ", "1\n"),
    "lambdas with a parameter": ("x = ", "lambda a: ", "1\n"),
    "decorated": ("@", "a.", "a\ndef f(): pass\n"),
}

_PREFIXES = {
    "minus": "-",
    "plus": "+",
    "tilde": "~",
    "not": "not ",
    "lambda": "lambda: ",
    "mixed prefixes": "-~+",
}

# Repetition that makes a tree no deeper.
_FLAT = {
    "conjunction": ("x = ", "1 and ", "1\n"),
    "disjunction": ("x = ", "1 or ", "1\n"),
    "comparison": ("x = ", "1 < ", "1\n"),
    "string literals": ("x = ", "'a' ", "''\n"),
    "assignment": ("", "a = ", "1\n"),
    "elements": ("x = [", "1, ", "]\n"),
    "arguments": ("f(", "1, ", ")\n"),
    "parameters": ("def f(", "a, ", "): pass\n"),
    "semicolons": ("", "1; ", "1\n"),
    "statements": ("", "x = 1\n", ""),
    "brackets side by side": ("x = [", "(), ", "]\n"),
    "fields of an f-string": ("x = f'", "{1}", "'\n"),
    "decorators": ("", "@a\n", "def f(): pass\n"),
    "handlers": ("try: pass\n", "except A: pass\n", ""),
    "cases": ("match x:\n", " case 1: pass\n", ""),
    "names of a global": ("global a", ", a", "\n"),
    "for clauses": ("x = [1 ", "for a in b ", "]\n"),
    "if clauses": ("x = [1 for a in b ", "if a ", "]\n"),
}


def nesting() -> Iterator[Hostile]:
    yield case("200 parentheses", f"x = {'(' * 200}1{')' * 200}\n", "read")
    yield case("201 parentheses", f"x = {'(' * 201}1{')' * 201}\n", "too-deep")
    for count in (1_500, 3_000, 100_000):
        yield case(f"{count} parentheses", f"x = {'(' * count}1{')' * count}\n", "too-deep")
    for opening in "([{":
        yield case(f"10k '{opening}' unclosed", f"x = {opening * 10_000}\n", "too-deep")
    yield case("10k closing brackets", f"x = 1{')' * 10_000}\n", "syntax")
    yield case("alternating brackets", f"x = {'([{' * 3_000}\n", "too-deep")
    for name, (before, after) in _BRACKETS.items():
        yield case(f"60 {name}", f"x = {before * 60}1{after * 60}\n", "read")
        for count in (201, 3_000):
            yield case(f"{count} {name}", f"x = {before * count}1{after * count}\n", "too-deep")
    for name, (start, again, end) in _CHAINS.items():
        yield case(f"{name} of 50", f"{start}{again * 50}{end}", "read")
        for count in (250, 3_000, 20_000):
            yield case(f"{name} of {count}", f"{start}{again * count}{end}", "too-deep")
    for name, prefix in _PREFIXES.items():
        yield case(f"{name} before 100", f"x = {prefix * 30}1\n", "read")
        for count in (5_000, 100_000):
            yield case(f"{name} x {count}", f"x = {prefix * count}1\n", "too-complex")
    for name, (start, again, end) in _FLAT.items():
        whole = "".join(
            again.format(f"a{index}") if "{}" in again else again for index in range(9_000)
        )
        yield case(f"9k {name}", f"{start}{whole}{end}", "read")


def statements() -> Iterator[Hostile]:
    branch = "elif 1: pass\n"
    yield case("100 elif", f"if 1: pass\n{branch * 100}", "read")
    yield case("10k elif", f"if 1: pass\n{branch * 10_000}", "too-complex")
    yield case("100 times 100 elif", f"if 1: pass\n{branch * 100}" * 100, "read")
    for opening in ("if 1:", "def f():", "class A:", "for a in b:", "while 1:", "with a:"):
        yield case(f"99 of '{opening}'", indented(opening, 99), "read")
        yield case(f"100 of '{opening}'", indented(opening, 100), "syntax")
    yield case("2k of 'if 1:'", indented("if 1:", 2_000), "syntax")
    yield case("1k times an 'if' in 'else'", indented("if 1: pass\n{0}else:", 1_000), "syntax")
    brackets = f"x = {'(' * 200}1{')' * 200}"
    yield case("200 parentheses below 99 'if'", indented("if 1:", 99, brackets), "too-deep")
    yield case("dedents to nowhere", "if 1:\n        x = 1\n    y = 1\n", "syntax")
    yield case("tabs and spaces", "if 1:\n\tx = 1\n        y = 1\n", "syntax")
    yield case("unexpected indentation", "x = 1\n    y = 1\n", "syntax")
    yield case("an indentation of 1 MB", f"if 1:\n{' ' * 1_000_000}x = 1\n", "read")
    yield case("20k continued lines", "x = 1" + " + \\\n 1" * 150 + "\\\n" * 20_000 + "\n", "read")


def indented(opening: str, count: int, core: str = "pass") -> str:
    """Blocks in blocks; `{0}` in the opening is their indentation."""
    margins = [" " * index for index in range(count)]
    lines = [f"{margin}{opening.format(margin)}\n" for margin in margins]
    return f"{''.join(lines)}{' ' * count}{core}\n"
