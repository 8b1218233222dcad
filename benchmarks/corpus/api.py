"""A service's endpoints, some of which go on into other services."""

from collections.abc import Iterator, Sequence
from random import Random

from benchmarks.corpus.calling import called
from benchmarks.corpus.chains import into
from benchmarks.corpus.filling import fillers
from benchmarks.corpus.plan import Service
from benchmarks.corpus.referring import reference, renamed
from benchmarks.corpus.written import Function, Module, Statement, Use


def api(
    service: Service, earlier: Sequence[Service], adapters: Sequence[str], choice: Random
) -> Module:
    functions = (
        _get(service, choice),
        _create(service, choice),
        _announce(service, earlier, choice),
        _keep(service, choice),
        *_import(service, adapters, choice),
    )
    return Module(
        name=service.module("api"),
        owner=service.node,
        functions=functions,
        before=fillers(service, choice, 2),
        nodes=tuple(entry for function in functions for entry in function.entries),
    )


def _get(service: Service, choice: Random) -> Function:
    within = service.module("api")
    at = choice.choice((service.package, service.module("stores")))
    db = reference(choice, within=within, module=at, name="db")
    name = f"get_{service.noun}"
    return Function(
        name=name,
        parameters="item_id: UUID",
        returns="str",
        decorators=(f'{service.variable}.get("/{service.name}/{{item_id}}", access="public")',),
        imports=("from uuid import UUID", service.importing, *db.imports),
        entries=(service.endpoint(name),),
        body=(
            Statement(
                lines=(
                    f"row = await {db.expression}.fetch_one(",
                    '    "select reference from entries where id = $1", item_id',
                    ")",
                    'return "" if row is None else str(row["reference"])',
                ),
                uses=(Use(relation="queries", target=service.database),),
            ),
        ),
    )


def _create(service: Service, choice: Random) -> Function:
    name = f"create_{service.noun}"
    request = f"New{service.noun.title()}"
    return Function(
        name=name,
        parameters=f"request: {request}",
        decorators=(f'{service.variable}.post("/{service.name}", access="public")',),
        imports=(service.importing, f"from {service.package} import {request}"),
        entries=(service.endpoint(name),),
        body=(
            Statement(lines=("reference = request.reference",)),
            into(service, choice, within="api", chain="record"),
        ),
    )


def _announce(service: Service, earlier: Sequence[Service], choice: Random) -> Function:
    """Goes on into an earlier service: by a plain function, and by a call of its endpoint."""
    name = f"announce_{service.noun}"
    body = [into(service, choice, within="api", chain="announce")]
    within = service.module("api")
    if earlier:
        other = choice.choice(earlier)
        at = choice.choice((other.package, other.module("flows")))
        flow = renamed(choice, within=within, module=at, name="announce_flow")
        body.append(called(choice, flow, f"{other.module('flows')}.announce_flow"))
        get = f"get_{other.noun}"
        call = renamed(choice, within=within, module=other.module("api"), name=get)
        body.append(
            Statement(
                lines=(f"await {call.expression}(uuid4())",),
                imports=(*call.imports, "from uuid import uuid4"),
                uses=(Use(relation="calls", target=other.endpoint(get)),),
            )
        )
    return Function(
        name=name,
        parameters="reference: str",
        decorators=(f'{service.variable}.post("/{service.name}/announce", access="public")',),
        imports=(service.importing,),
        entries=(service.endpoint(name),),
        body=tuple(body),
    )


def _keep(service: Service, choice: Random) -> Function:
    name = f"keep_{service.noun}"
    return Function(
        name=name,
        parameters="reference: str",
        decorators=(f'{service.variable}.put("/{service.name}/files/{{reference}}")',),
        imports=(service.importing,),
        entries=(service.endpoint(name),),
        body=(into(service, choice, within="api", chain="keep"),),
    )


def _import(service: Service, adapters: Sequence[str], choice: Random) -> Iterator[Function]:
    if not adapters:
        return
    name = f"import_{service.noun}"
    body: list[Statement] = []
    for adapter in adapters:
        module, _, function = adapter.rpartition(".")
        named = reference(choice, within=service.module("api"), module=module, name=function)
        body.append(called(choice, named, adapter))
    yield Function(
        name=name,
        parameters="reference: str",
        decorators=(f'{service.variable}.post("/{service.name}/import")',),
        imports=(service.importing,),
        entries=(service.endpoint(name),),
        body=tuple(body),
    )
