"""Trees made to hang, crash or mislead a reader; each also holds a good application."""

import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

Grow = Callable[[Path], None]


class Tree(NamedTuple):
    """`findings` are slugs by path: one for everything that is not read."""

    grow: Grow
    findings: Mapping[str, str] = MappingProxyType({})


CANARY = "CANARY"
"""A file that every file of the tree would make, where the command runs, if it ran."""

_RUNS = f"open({CANARY!r}, 'w').close()\n"
GOOD = {
    "pyproject.toml": '[project]\nname = "shop"\n',
    "shop/__init__.py": _RUNS,
    "shop/models.py": (
        f"{_RUNS}from dataclasses import dataclass\n\nfrom infragraph import Topic\n\n\n"
        "@dataclass\nclass Order:\n    number: int\n\n\n"
        'orders = Topic[Order]("orders")\n'
    ),
    "shop/service.py": (
        f"{_RUNS}from infragraph import Service\n\nfrom shop.models import Order, orders\n\n"
        'shop = Service("shop")\n\n\n'
        '@shop.subscribe(orders, "ship")\nasync def ship(order: Order) -> None:\n'
        "    await orders.publish(order)\n"
    ),
}


def grow_good(root: Path) -> None:
    for name, text in GOOD.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _file(name: str, content: bytes | str = b"x = 1\n") -> Grow:
    def grow(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return grow


def _link(name: str, target: str) -> Grow:
    def grow(root: Path) -> None:
        outside = root.parent / "outside"
        outside.mkdir(exist_ok=True)
        (outside / "secret.py").write_text(_RUNS)
        (outside / "info").mkdir(exist_ok=True)
        (outside / "info/exclude").write_text("shop/\n")
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)

    return grow


def _pipe(name: str) -> Grow:
    def grow(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).unlink(missing_ok=True)
        os.mkfifo(root / name)

    return grow


def _all(*grows: Grow) -> Grow:
    def grow(root: Path) -> None:
        for one in grows:
            one(root)

    return grow


def _socket(root: Path) -> None:
    # The path of a socket is short, that of a temporary folder is not.
    before = Path.cwd()
    os.chdir(root)
    try:
        with socket.socket(socket.AF_UNIX) as endpoint:
            endpoint.bind("s.py")
    finally:
        os.chdir(before)


def _closed(name: str) -> Grow:
    def grow(root: Path) -> None:
        _file(f"{name}/a.py")(root)
        (root / name).chmod(0)

    return grow


def _closed_file(root: Path) -> None:
    _file("closed.py")(root)
    (root / "closed.py").chmod(0)


def _deep(count: int, name: str) -> Grow:
    def grow(root: Path) -> None:
        before = Path.cwd()
        os.chdir(root)
        try:
            for _ in range(count):
                Path(name).mkdir()
                os.chdir(name)
            Path("x.py").write_text("x = 1\n")
        finally:
            os.chdir(before)

    return grow


def _names(root: Path) -> None:
    for name in (b"\xff\xfe.py", b"two\nlines.py", b"\x1b[31m.py", "\u202eyp.py".encode(), b"-.py"):
        (root / os.fsdecode(name)).write_text("x = 1\n")


def _crowd(count: int) -> Grow:
    def grow(root: Path) -> None:
        folder = root / "crowd"
        folder.mkdir()
        for number in range(count):
            (folder / f"m{number}.py").touch()

    return grow


def _sparse(root: Path) -> None:
    with (root / "sparse.py").open("wb") as file:
        file.truncate(50_000_000_000)


_PATTERNS = "\n".join(
    ["a*" * 60 + "b", "**/a*/" * 30 + "b", "[[a]&&--b]", "[z-a]", "\\", "!", "*" * 9_000 + "b"]
)
_LONG = "a" * 200

_FILE, _FOLDER = "file-not-read", "directory-not-read"

TREES: Mapping[str, Tree] = {
    "nothing strange": Tree(_all()),
    "a pipe": Tree(_pipe("fifo.py"), {"fifo.py": _FILE}),
    "a pipe for each file that is looked for": Tree(
        _all(_pipe("pyproject.toml"), _pipe(".gitignore"), _pipe(".git/info/exclude"))
    ),
    "a link to a device": Tree(_link("zero.py", "/dev/zero"), {"zero.py": _FILE}),
    "a link to a terminal": Tree(_link("tty.py", "/dev/tty"), {"tty.py": _FILE}),
    "a link to itself": Tree(_link("self.py", "self.py"), {"self.py": _FILE}),
    "links to one another": Tree(
        _all(_link("a.py", "b.py"), _link("b.py", "a.py"), _link("c", "d"), _link("d", "c")),
        {"a.py": _FILE, "b.py": _FILE},
    ),
    "a link to a file outside": Tree(_link("a.py", "../outside/secret.py"), {"a.py": _FILE}),
    "a link to a folder outside": Tree(_link("lib", "../outside"), {"lib": _FOLDER}),
    "a link to the folder above": Tree(_link("lib/loop", "..")),
    "a dangling link": Tree(_link("a.py", "nowhere/x.py"), {"a.py": _FILE}),
    "links for each file that is looked for": Tree(
        _all(
            lambda root: (root / "pyproject.toml").unlink(),
            _link("pyproject.toml", "../outside/secret.py"),
            _link(".gitignore", "../outside/info/exclude"),
            _link(".git", "../outside"),
        )
    ),
    "a folder that may not be read": Tree(_closed("closed"), {"closed": _FOLDER}),
    "a file that may not be read": Tree(_closed_file, {"closed.py": _FILE}),
    "1,100 nested folders": Tree(_deep(1_100, "d"), {"/".join("d" * 65): _FOLDER}),
    "paths longer than the system takes": Tree(_deep(30, _LONG), {"": _FOLDER}),
    "a socket": Tree(_socket, {"s.py": _FILE}),
    "a folder called like a file": Tree(_all(_file("d.py/x.py"), _file("d.py/__init__.py"))),
    "strange names": Tree(
        _names,
        dict.fromkeys(("\\xff\\xfe.py", "two\\nlines.py", "\\x1b[31m.py", "\\u202eyp.py"), _FILE),
    ),
    "bombs": Tree(
        _all(
            _file("a.py", f"x = {'(' * 100_000}"),
            _file("b.py", f"type X = int\nx = {'1 + ' * 20_000}1\n"),
            _file("c.py", f"x = {'-' * 100_000}1\n"),
            _file("d.py", "x = 1\n" * 300_000),
            _file("e.py", b"\0" * 6_000_000),
        ),
        {
            "a.py": "too-deep",
            "b.py": "too-deep",
            "c.py": "too-complex",
            "d.py": "too-many-lines",
            "e.py": "too-large",
        },
    ),
    "files that are not Python": Tree(
        _all(_file("a.py", "x = = 1\n"), _file("b.py", b"\0"), _file("c.py", b"\xff\n")),
        {"a.py": "syntax-error", "b.py": "encoding-error", "c.py": "encoding-error"},
    ),
    "a file of 50 GB": Tree(_sparse, {"sparse.py": "too-large"}),
    "patterns that never end": Tree(_file(".gitignore", _PATTERNS)),
    "a description of the project that is a bomb": Tree(
        _file("pyproject.toml", f"x = {'9' * 5_000}\ny = {'[' * 50_000}\n")
    ),
    "pipes that are called like a parser's file": Tree(
        _all(*map(_pipe, ("<unknown>", "<string>", "<stdin>")), _file("a.py", "x = = 1\n")),
        {"a.py": "syntax-error"},
    ),
    "modules that are called like ours": Tree(
        _all(
            *(
                _file(name, _RUNS)
                for name in ("ast.py", "libcst/__init__.py", "typer.py", "sitecustomize.py")
            ),
            _file("newer.py", "type X = int\n"),
        )
    ),
    "files with code that runs on import": Tree(
        _all(
            _file("setup.py", _RUNS),
            _file(
                "a.py", f"{_RUNS}from infragraph import Topic\nTopic[int]('x')\n__import__('b')\n"
            ),
            _file("b.py", _RUNS),
            _file("shop/__main__.py", _RUNS),
            _file("conftest.py", _RUNS),
            _file("a.pth", f"import os; {_RUNS}"),
        )
    ),
    "a folder of 100,000 files": Tree(_crowd(100_000)),
}
