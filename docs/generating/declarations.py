"""What an application declares: a page for each kind, from the SDK's signatures and docstrings."""

import ast
import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import infragraph
from docs.generating import docstrings, signatures
from docs.generating.markdown import code, fenced, listed, page, sentence, table
from infragraph.sdk import endpoint, markers, quantities, subscription
from infragraph.sdk.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A page: its kind of node, and the names it explains by what an application writes."""

    slug: str
    title: str
    kind: str | None
    names: Mapping[str, object]


SUBJECTS = (
    Subject(
        slug="services",
        title="Services",
        kind="service",
        names={
            "Service": infragraph.Service,
            "@service.auth_handler": Service.auth_handler,
            "AuthHandler": infragraph.AuthHandler,
            "service.mount": Service.mount,
            "@service.on_startup": Service.on_startup,
            "@service.on_shutdown": Service.on_shutdown,
            "infragraph.running": infragraph.running,
        },
    ),
    Subject(
        slug="endpoints",
        title="Endpoints",
        kind="endpoint",
        names={
            "@service.get": Service.get,
            "@service.post": Service.post,
            "@service.put": Service.put,
            "@service.patch": Service.patch,
            "@service.delete": Service.delete,
            "@service.raw": Service.raw,
            "Endpoint": infragraph.Endpoint,
            "Header": markers,
            "Cookie": markers,
            "APIError": infragraph.APIError,
            "InvalidArgument": infragraph.InvalidArgument,
            "Unauthenticated": infragraph.Unauthenticated,
            "PermissionDenied": infragraph.PermissionDenied,
            "NotFound": infragraph.NotFound,
            "AlreadyExists": infragraph.AlreadyExists,
            "ResourceExhausted": infragraph.ResourceExhausted,
            "Unavailable": infragraph.Unavailable,
            "DeadlineExceeded": infragraph.DeadlineExceeded,
            "Access": endpoint,
        },
    ),
    Subject(
        slug="topics",
        title="Topics",
        kind="topic",
        names={"Topic": infragraph.Topic, "Attribute": markers},
    ),
    Subject(
        slug="subscriptions",
        title="Subscriptions",
        kind="subscription",
        names={
            "@service.subscribe": Service.subscribe,
            "Message": infragraph.Message,
            "Retry": infragraph.Retry,
            "Reject": infragraph.Reject,
            "RetryAfter": infragraph.RetryAfter,
            "Filter": subscription,
        },
    ),
    Subject(slug="crons", title="Cron jobs", kind="cron", names={"@service.cron": Service.cron}),
    Subject(
        slug="databases",
        title="Databases",
        kind="database",
        names={
            "SQLDatabase": infragraph.SQLDatabase,
            "Transaction": infragraph.Transaction,
            "Row": inspect.getmodule(infragraph.SQLDatabase),
        },
    ),
    Subject(slug="buckets", title="Buckets", kind="bucket", names={"Bucket": infragraph.Bucket}),
    Subject(slug="secrets", title="Secrets", kind="secret", names={"Secret": infragraph.Secret}),
    Subject(
        slug="quantities",
        title="Durations and sizes",
        kind=None,
        names={"Duration": quantities, "Size": quantities},
    ),
)

_INTRODUCTION = (
    "An application declares its infrastructure with the names that `infragraph` offers. Declaring "
    "is inert, and an option must be constant: literals, module-level constants (imported ones "
    "too), enum members, f-strings, concatenations and integer arithmetic of those, "
    "`timedelta(…)` and `Retry(…)`."
)


def pages(
    graph_schema: Mapping[str, Any], problem_pages: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Each page's path below the reference, and its text; `problem_pages` are those to point to."""
    yield (
        "declarations/index.md",
        page(
            "# Declarations",
            _INTRODUCTION,
            table(
                ("page", "explains"),
                (
                    (f"[{one.title}]({one.slug}.md)", ", ".join(map(code, one.names)))
                    for one in SUBJECTS
                ),
            ),
        ),
    )
    for subject in SUBJECTS:
        yield f"declarations/{subject.slug}.md", _page(subject, graph_schema, problem_pages)


def _page(subject: Subject, graph_schema: Mapping[str, Any], problem_pages: Collection[str]) -> str:
    parts = [f"# {subject.title}"]
    for name, value in subject.names.items():
        parts.extend(_explained(name, value))
    if subject.kind is not None:
        parts.extend(_node(subject.kind, graph_schema))
    if f"problems/{subject.slug}.md" in problem_pages:
        parts.append(f"What can be wrong with them: [problems](../problems/{subject.slug}.md).")
    return page(*parts)


def _explained(name: str, value: object) -> Iterator[str]:
    yield f"## {name}"
    if inspect.isclass(value):
        yield from _class(name, value)
    elif inspect.ismodule(value):
        yield docstrings.read(_after_assignment(value.__file__, name)).body
    else:
        assert inspect.isfunction(value), "a subject's name is a class, a function or an alias"
        yield from _function(name, value)


def _class(name: str, value: type[Any]) -> Iterator[str]:
    doc = docstrings.read(value.__doc__ or "")
    yield doc.body
    meanings = doc.sections.get("Args")
    if meanings is not None:
        yield from _options(value.__init__, meanings)
    attributes = doc.sections.get("Attributes")
    if attributes is not None:
        yield table(
            ("attribute", "meaning"),
            ((code(one), sentence(meaning)) for one, meaning in attributes.items()),
        )
    if issubclass(value, infragraph.Service):
        return  # its decorators have headings of their own
    for verb, method in vars(value).items():
        if not verb.startswith("_"):
            yield from _member(f"{name[:1].lower()}{name[1:]}.{verb}", method)


def _member(name: str, member: object) -> Iterator[str]:
    if isinstance(member, property):
        yield f"### {name}"
        yield docstrings.read(member.__doc__ or "").body
    elif inspect.isfunction(member):
        yield f"### {name}"
        yield from _function(name, member)


def _function(name: str, function: Callable[..., Any]) -> Iterator[str]:
    doc = docstrings.read(function.__doc__ or "")
    if not name.startswith("@"):
        yield fenced(signatures.written(name.rpartition(".")[2], function), "python")
    yield doc.body
    meanings = doc.sections.get("Args", {})
    if meanings or (name.startswith("@") and len(list(signatures.rows(function, {}))) > 1):
        yield from _options(function, meanings)
    raises = doc.sections.get("Raises", {})
    if raises:
        yield listed(f"Raises {code(one)}: {why}" for one, why in raises.items())


def _options(function: Callable[..., Any], meanings: Mapping[str, str]) -> Iterator[str]:
    rows = [
        (name, default, form, sentence(meaning) if meaning else "")
        for name, default, form, meaning in signatures.rows(function, meanings)
    ]
    if any(meaning for *_, meaning in rows):
        yield table(("option", "default", "type", "meaning"), rows)
    else:
        yield table(("option", "default", "type"), (row[:3] for row in rows))


def _after_assignment(path: str | None, name: str) -> str:
    """The string after the assignment of a type's name, which the running program does not keep."""
    assert path is not None, "the SDK is read from files"
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - a path from the import system
        body = ast.parse(file.read()).body
    for statement, following in pairwise(body):
        match statement, following:
            case (
                ast.AnnAssign(target=ast.Name(id=bound)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ) if bound == name:
                return text
            case _:
                pass
    message = f"{path} has no documented {name}"
    raise LookupError(message)


def _node(kind: str, graph_schema: Mapping[str, Any]) -> Iterator[str]:
    yield "## In the graph"
    properties = properties_by_kind(graph_schema).get(kind, ())
    shown = ", ".join(map(code, properties)) or "none of its own"
    yield f"A node of kind `{kind}`, with these properties: {shown}."


def properties_by_kind(graph_schema: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for rule in graph_schema["$defs"]["node"]["allOf"]:
        kind = rule["if"]["properties"]["kind"]["const"]
        node = rule["then"]["properties"]
        found[kind] = tuple(node.get("properties", {}).get("properties", {}))
    return found
