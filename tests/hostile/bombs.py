"""Random code of deep and long forms, valid or nearly so."""

from random import Random

_WRAPS = (
    ("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("a[", "]"), ("(lambda: ", ")"), ("-", ""),
    ("not ", ""), ("await ", ""), ("1 + ", ""), ("", " + 1"), ("", ".b"), ("", "()"), ("", "[0]"),
    ("x if y else ", ""), ("[", " for a in b]"), ("{1: ", "}"), ("*", ","), ("f'{", "}'"),
    ('f"{', '}"'), ("t'{", "}'"), ("1 ** ", ""), ("", " and 1"), ("", " < 1"), ("'a' ", ""),
    ("lambda a: ", ""), ("(yield ", ")"), ("(a := ", ")"), ("f'{1:{", "}}'"), ("", ", 1"),
    ("Topic[", "]"), ("orders.publish(", ")"), ("~", ""), ("", " | A"), ("\\\n", ""),
    ("(\n", "\n)"),
)  # fmt: skip

_BLOCKS = (
    "if a:", "else:", "elif b:", "for a in b:", "while a:", "def f(a):", "async def f():",
    "class A(B):", "try:", "except A as e:", "except* A:", "finally:", "with a as b:", "match a:",
    "case [a, *b]:", "case A(b=1):", "def f[T](a: T):", "@a\ndef f():", "except A, B:",
)  # fmt: skip

_LEAVES = (
    "1", "a", "'s'", "b'b'", "...", "None", "orders", "f'{a}'", "t'{a}'", "0x1f", "1e9", "''",
    "pass", "x = 1", "import a.b", "type X = int", "x: int", "print 'x'", "return", "del a",
    "global a", "raise A, B", "await b", "# comment", "# infragraph: ignore[dead-topic]", "\\",
)  # fmt: skip

_START = "type X = int\n"


def bomb(random: Random) -> bytes:
    """One file: statements and blocks, some of which nest or repeat a great many times."""
    lines = [_START] if random.random() < 0.3 else []
    margin = 0
    for _ in range(random.randrange(1, 8)):
        if random.random() < 0.4:
            for _ in range(_count(random)):
                lines.append(f"{' ' * margin}{random.choice(_BLOCKS)}\n")
                margin += random.random() < 0.95
                if margin > 1_000:
                    break
        lines.append(f"{' ' * margin}{_expression(random)}\n")
        margin = random.choice((0, margin, max(0, margin - 1)))
    return "".join(lines).encode()


def _expression(random: Random) -> str:
    text = random.choice(_LEAVES)
    for _ in range(random.randrange(1, 4)):
        count = _count(random)
        wraps = [random.choice(_WRAPS) for _ in range(random.choice((1, 1, 2, 4)))]
        before = "".join(before for before, _ in wraps)
        after = "".join(after for _, after in reversed(wraps))
        if (len(before) + len(after)) * count + len(text) > 6_000_000:
            break
        text = f"{before * count}{text}{after * count}"
    return text


def _count(random: Random) -> int:
    """Mostly few, at times as many as a limit, at times far more."""
    return random.choice((1, 2, 5, 20, 60, 99, 100, 150, 199, 200, 201, 500, 3_000, 20_000))
