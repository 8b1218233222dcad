"""Buckets: what is read of one."""

from collections.abc import Mapping
from dataclasses import dataclass

from infragraph.kinds.arguments import bind
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.owner import service_of
from infragraph.model.declaration import Declaration
from infragraph.model.graph import Property
from infragraph.model.resource import Resource
from infragraph.sdk import bucket as sdk


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket(Resource):
    """A bucket; None stands for what is not known."""

    public: bool | None
    versioned: bool | None


def declare(declaration: Declaration, surroundings: Surroundings) -> Declared:
    arguments = bind(declaration, sdk.Bucket)
    name = arguments.name()
    public = arguments.flag("public")
    versioned = arguments.flag("versioned")
    diagnostics = tuple(arguments.findings)
    if name is None:
        return Declared(resource=None, diagnostics=diagnostics)
    bucket = Bucket(
        id=f"bucket:{name}",
        key=declaration.key,
        kind="bucket",
        name=name,
        service=service_of(declaration, surroundings),
        span=declaration.span,
        name_span=arguments.span("name"),
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
        public=public,
        versioned=versioned,
    )
    return Declared(resource=bucket, diagnostics=diagnostics)


def properties(bucket: Bucket, _surroundings: Surroundings) -> Mapping[str, Property]:
    return {"public": bucket.public, "versioned": bucket.versioned}


KIND = Kind(name="bucket", declare=declare, properties=properties, problems=())
