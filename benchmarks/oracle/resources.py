"""What a tree declares: resources by where they stand, handlers by the function they are."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.oracle.names import Found, Library, Names

_KINDS = {
    "Service": "service",
    "Topic": "topic",
    "SQLDatabase": "database",
    "Bucket": "bucket",
    "Secret": "secret",
}
_METHODS = frozenset({"get", "post", "put", "patch", "delete"})


@dataclass(frozen=True, slots=True)
class Handler:
    """A function of a service and its entry points, with the topics that deliver to them."""

    function: Found
    entries: tuple[str, ...]
    deliveries: tuple[str, ...]


def resource(names: Names, found: Found) -> str | None:
    """The id of what a value declares."""
    if not isinstance(found.node, ast.Call) or not found.node.args:
        return None
    callee = found.node.func
    if isinstance(callee, ast.Subscript):
        callee = callee.value
    meaning = names.meaning(found.module, callee)
    if not isinstance(meaning, Library) or meaning.name not in _KINDS:
        return None
    return f"{_KINDS[meaning.name]}:{names.text(found.module, found.node.args[0])}"


def declared(names: Names) -> Iterator[tuple[str, str]]:
    """The module and id of every resource."""
    for module in names.modules.values():
        for name, binding in module.names.items():
            if isinstance(binding, ast.Call):
                node = resource(names, Found(module.name, name, binding))
                if node is not None:
                    yield module.name, node


def handlers(names: Names) -> Iterator[Handler]:
    for module in names.modules.values():
        for name, binding in module.names.items():
            if isinstance(binding, ast.FunctionDef | ast.AsyncFunctionDef):
                function = Found(module.name, name, binding)
                entries = list(_entries(names, function, binding.decorator_list))
                if entries:
                    topics = tuple(f"{topic} delivers {entry}" for entry, topic in entries if topic)
                    yield Handler(function, tuple(entry for entry, _ in entries), topics)


def _entries(
    names: Names, function: Found, decorators: list[ast.expr]
) -> Iterator[tuple[str, str | None]]:
    """Each entry point, with its topic if it has one."""
    for decorator in decorators:
        match decorator:
            case ast.Call(func=ast.Attribute(value=receiver, attr=verb), args=arguments):
                service = names.meaning(function.module, receiver)
            case _:
                continue
        owner = resource(names, service) if isinstance(service, Found) else None
        if owner is None:
            continue
        if verb in _METHODS:
            yield f"endpoint:{owner.removeprefix('service:')}/{function.name}", None
        elif verb == "cron":
            yield f"cron:{names.text(function.module, arguments[0])}", None
        elif verb == "subscribe":
            topic = names.meaning(function.module, arguments[0])
            node = resource(names, topic) if isinstance(topic, Found) else None
            label = names.text(function.module, arguments[1])
            yield f"subscription:{str(node).removeprefix('topic:')}/{label}", node
