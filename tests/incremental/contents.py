"""Edits of what is written in a file; each tells what it did, or None where it cannot be done."""

import os
import re
from collections.abc import Callable

from tests.incremental.tree import Tree, dotted

_BROKEN = "\ndef broken(:\n"
_IGNORE = "  # infragraph: ignore"
_MARK = "\ufeff"


def body_changed(tree: Tree) -> str | None:
    return _line_changed(tree, r"^ .*\b\d+\b", lambda line: re.sub(r"\d+", _other(tree), line))


def text_changed(tree: Tree) -> str | None:
    """A name of a topic, of a service, or only a message."""
    return _line_changed(
        tree,
        r'"[\w-]+"',
        lambda line: re.sub(r'"([\w-]+)"', rf'"\g<1>{_other(tree)}"', line, count=1),
    )


def statement_added(tree: Tree) -> str | None:
    """All lines below it move."""
    return _line_changed(
        tree,
        r"^(async )?def \w+\(.*:\r?$",
        lambda line: f"{line.rstrip()}\n    held_{tree.number()} = None",
    )


_IN_BODIES = (
    "# {0}",
    '"""{0}"""',
    "{0}",
    "held = {0}",
    "held: '{0}' = None",
    "held = lambda: {0}",
    "held = [{0} for _ in ()]",
    "await {0}.publish(None)",
    "await {0}(None)",
    "{0} = None",
    "global {0}",
    "import {1}",
    "from {1} import {0}",
    "from {1} import {0} as held",
    "getattr({0}, 'publish')(None)",
    "__import__('{1}').{0}.publish(None)",
    "{0}_that_nobody_knows.publish(None)",
    "def inner(): return {0}",
    "@{0}.get('/held', access='public')\n    async def inner() -> None: ...",
    "class Inner({0}): held = {0}",
    "'é'",
    "# infragraph: ignore",
    "# infragraph: ignore[dead-topic]",
    "# infragraph: uses[publishes topic:orders]",
    "match {0}:\n        case _: pass",
    "return",
    "raise {0}",
    '"""\n\n{0}\n"""',
)
"""What may be written into a body, with a name and the module that it is of."""

_HEAD = r"^ *(async )?def \w+\(.*:\r?$"


def body_extended(tree: Tree) -> str | None:
    """A word that leads to something, or nowhere; a comment that speaks to the tool; a function."""
    other = tree.module()
    if other is None:
        return None
    names = [*tree.exports(other), "plain", "publish", "getattr"]
    name, form = tree.one(names), tree.choice.choice(_IN_BODIES)
    written = form.format(name, dotted(other))
    return _line_changed(tree, _HEAD, lambda line: f"{line.rstrip()}\n    {_indent(line)}{written}")


def function_changed(tree: Tree) -> str | None:
    """Its name, its decorator, a default, or another function above it."""
    number = tree.number()
    changes: tuple[Callable[[str], str], ...] = (
        lambda line: re.sub(r"def (\w+)", rf"def \g<1>_{number}", line),
        lambda line: f"{_indent(line)}@staticmethod\n{line}",
        lambda line: f"{_indent(line)}def made_{number}(): return {number}\n\n{line}",
        lambda line: re.sub(r"def (\w+)\(", rf"def \g<1>(held={number}, ", line),
    )
    return _line_changed(tree, _HEAD, tree.choice.choice(changes))


def lines_moved(tree: Tree) -> str | None:
    """Wherever that is, in a text of many lines or between functions."""
    count = tree.choice.choice((1, 1, 2, 9, 90))
    return _line_changed(tree, "", lambda line: "\n" * count + line)


def line_removed(tree: Tree) -> str | None:
    return _line_changed(tree, r"\S", lambda _: "")


def import_removed(tree: Tree) -> str | None:
    return _line_changed(tree, r"^(from|import) ", lambda _: "")


def ignored(tree: Tree) -> str | None:
    which = tree.one(("", "[dead-topic]", "[unused-database]", "[no-such-thing]"))
    pattern = r"(Topic|Database|Bucket|Subscription|subscribe|publish)[\[(].*\)\r?$"
    return _line_changed(tree, pattern, lambda line: f"{line.rstrip()}{_IGNORE}{which}")


def import_added(tree: Tree) -> str | None:
    path, other = tree.module(), tree.module()
    name = None if other is None else tree.one(tree.exports(other))
    if path is None or other is None or name is None:
        return None
    line = tree.one((f"from {dotted(other)} import {name}", f"from {dotted(other)} import *"))
    tree.put(path, f"{line}\n{tree.text(path)}")
    return f"{path}: {line}"


def use_added(tree: Tree) -> str | None:
    path, other = tree.module(), tree.module()
    name = None if other is None else tree.one(tree.exports(other))
    if path is None or other is None or name is None:
        return None
    verb = tree.one((".publish(None)", "(None)", ".transaction()", '.upload("a", b"")'))
    lines = [f"from {dotted(other)} import {name}", "", "", "async def more() -> None:"]
    tree.put(path, "\n".join((tree.text(path), *lines, f"    await {name}{verb}", "")))
    return f"{path} uses {name} of {other} by {verb}"


def declaration_added(tree: Tree) -> str | None:
    path = tree.module()
    if path is None:
        return None
    number = tree.number()
    declared = f'from infragraph import Topic\n\ntopic_{number} = Topic[int]("topic-{number}")\n'
    tree.put(path, f"{tree.text(path)}\n{declared}")
    return f"{path} declares topic-{number}"


def export_renamed(tree: Tree) -> str | None:
    """There alone, or wherever the word stands."""
    path = tree.module()
    name = None if path is None else tree.one(tree.exports(path))
    if path is None or name is None:
        return None
    other = f"{name}_{tree.number()}"
    everywhere = tree.choice.random() < 0.5
    for one in tree.modules() if everywhere else [path]:
        text = tree.text(one)
        renamed = re.sub(rf"\b{name}\b", other, text)
        if renamed != text:
            tree.put(one, renamed)
    return f"{name} of {path} is {other} {'everywhere' if everywhere else 'there alone'}"


def broken(tree: Tree) -> str | None:
    path = tree.module()
    if path is None:
        return None
    tree.put(path, tree.text(path) + _BROKEN)
    return f"{path} is no Python"


def mended(tree: Tree) -> str | None:
    path = tree.one([one for one in tree.modules() if _BROKEN in tree.text(one)])
    if path is None:
        return None
    tree.put(path, tree.text(path).replace(_BROKEN, ""))
    return f"{path} is Python again"


def touched(tree: Tree) -> str | None:
    path = tree.module()
    if path is None:
        return None
    seconds = tree.choice.choice((-1_000_000, -3, 0, 3, 1_000_000))
    times = (tree.root / path).stat()
    os.utime(tree.root / path, ns=(times.st_atime_ns, times.st_mtime_ns + seconds * 10**9))
    return f"{path} has other times by {seconds} s"


def same_size(tree: Tree) -> str | None:
    """With the same modification time as before, to the nanosecond."""
    path = tree.module()
    words = [] if path is None else re.findall(r"\b[a-z_]{3,}\b", tree.text(path))
    word = tree.one(words)
    if path is None or word is None:
        return None
    times = (tree.root / path).stat()
    other = word[:-1] + ("q" if word[-1] != "q" else "z")
    text = re.sub(rf"\b{word}\b", other, tree.text(path))
    (tree.root / path).write_bytes(text.encode("utf-8", "surrogateescape"))
    os.utime(tree.root / path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return f"{path} says {other} for {word}, with the same size and time"


def line_ends_changed(tree: Tree) -> str | None:
    path = tree.module()
    if path is None:
        return None
    text = tree.text(path)
    new = text.replace("\r\n", "\n") if "\r\n" in text else text.replace("\n", "\r\n")
    tree.put(path, new)
    return f"{path} has the other ends of lines"


def mark_changed(tree: Tree) -> str | None:
    path = tree.module()
    if path is None:
        return None
    text = tree.text(path)
    tree.put(path, text[1:] if text.startswith(_MARK) else _MARK + text)
    return f"{path} has the byte order mark that it had not, or has none"


def undone(tree: Tree) -> str | None:
    changed = [
        path
        for path, content in tree.first.items()
        if (tree.root / path).is_file()
        and not (tree.root / path).is_symlink()
        and (tree.root / path).read_bytes() != content
    ]
    path = tree.one(changed)
    if path is None:
        return None
    tree.put(path, tree.first[path].decode())
    return f"{path} is what it was at first"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _other(tree: Tree) -> str:
    return str(tree.choice.randint(0, 99))


def _line_changed(tree: Tree, pattern: str, change: Callable[[str], str]) -> str | None:
    """One of the lines that the pattern is found in."""
    path = tree.module()
    if path is None:
        return None
    lines = tree.text(path).split("\n")
    index = tree.one([at for at, line in enumerate(lines) if re.search(pattern, line)])
    if index is None:
        return None
    old = lines[index]
    lines[index] = change(old)
    tree.put(path, "\n".join(lines))
    return f"{path}:{index + 1} is {lines[index]!r} for {old!r}"
