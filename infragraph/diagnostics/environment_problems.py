"""What can be wrong with the environments of `infragraph.yaml`, held against the graph."""

from infragraph.diagnostics.configuration_problems import FILE
from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import Example, Problem

_LIVE = """\
application: app
environments:
  live:
    target: aws
    region: eu-west-1
    account: 123456789012
"""

_NIGHTLY = """\
from infragraph import Service

stock = Service("stock")


@stock.cron("count", schedule="0 3 * * *")
async def count() -> None:
    pass
"""

_SHIPPING = """\
from infragraph import Service

stock = Service("stock")


@stock.post("/parcels", access="public")
async def book(parcel: str) -> None:
    pass
"""

_EXTERNAL = """\
from dataclasses import dataclass

from infragraph import Service, Topic

stock = Service("stock")


@dataclass
class Delivery:
    parcel: str


deliveries = Topic[Delivery]("deliveries", external=True)


@stock.subscribe(deliveries, "book")
async def book(delivery: Delivery) -> None:
    pass
"""

_OWN = (
    _EXTERNAL.replace('"deliveries", external=True', '"parcels"')
    + """

@stock.post("/deliveries", access="public")
async def take(parcel: str) -> None:
    await deliveries.publish(Delivery(parcel))
"""
)

_ADDRESS = "arn:aws:sns:eu-west-1:210987654321:deliveries"


def _example(source: str, *, bad: str, good: str) -> Example:
    return Example(
        bad={FILE: bad, "app/__init__.py": "", "app/stock.py": source},
        good={FILE: good, "app/__init__.py": "", "app/stock.py": source},
    )


ENVIRONMENT_INCOMPLETE = Problem(
    code="IG7015",
    slug="environment-incomplete",
    severity=Severity.ERROR,
    summary="the environment {name!r} does not say {missing}",
    why="Nothing can be generated for an environment without knowing where it lies, and a region "
    "or an account that is guessed may be somebody else's.",
    help="add {keys} to the environment",
    example=_example(
        _NIGHTLY,
        bad=_LIVE.replace("  live:", "  «live»:").replace("    region: eu-west-1\n", ""),
        good=_LIVE,
    ),
)

BINDING_UNKNOWN = Problem(
    code="IG7016",
    slug="binding-unknown",
    severity=Severity.ERROR,
    summary="{node!r} is bound to something that exists, and there is no such node",
    why="Under another name nothing is bound, so that a second one would be created beside the "
    "thing that exists.",
    help="{cure}",
    example=_example(
        _EXTERNAL,
        bad=f"{_LIVE}    bindings:\n      topic:deliveries: {_ADDRESS}\n"
        f"      «topic:delivery»: {_ADDRESS}\n",
        good=_LIVE + f"    bindings:\n      topic:deliveries: {_ADDRESS}\n",
    ),
)

BINDING_WITHOUT_ADDRESS = Problem(
    code="IG7024",
    slug="binding-without-address",
    severity=Severity.ERROR,
    summary="{node!r} cannot be bound: {kind} has no address of its own",
    why="Nothing asks for such an address, so that the binding would silently do nothing.",
    help="remove it; a whole service can be bound to its URL as 'service:<name>'",
    example=_example(
        _SHIPPING,
        bad=_LIVE + "    bindings:\n      «endpoint:stock/book»: https://stock.example.com\n",
        good=_LIVE + "    bindings:\n      service:stock: https://stock.example.com\n",
    ),
)

ENVIRONMENT_ADDRESS_MALFORMED = Problem(
    code="IG7017",
    slug="environment-address-malformed",
    severity=Severity.ERROR,
    summary="{address!r} is not how {target} writes the address of {what}",
    why="The address goes into permissions and into what services are given, where a wrong one "
    "shows only once the application runs.",
    help="write something like {sample!r}",
    example=_example(
        _EXTERNAL,
        bad=_LIVE + "    bindings:\n      topic:deliveries: «deliveries»\n",
        good=_LIVE + f"    bindings:\n      topic:deliveries: {_ADDRESS}\n",
    ),
)

EXTERNAL_TOPIC_UNBOUND = Problem(
    code="IG7018",
    slug="external-topic-unbound",
    severity=Severity.ERROR,
    summary="the environment {name!r} does not say where the external topic {topic!r} is",
    why="A topic that another application owns is never created, so that its address has to be "
    "given.",
    help="add 'topic:{topic}' to the environment's bindings, such as {sample!r}",
    example=_example(
        _EXTERNAL,
        bad=_LIVE.replace("  live:", "  «live»:"),
        good=_LIVE + f"    bindings:\n      topic:deliveries: {_ADDRESS}\n",
    ),
)

ENVIRONMENT_CRON_UNKNOWN = Problem(
    code="IG7019",
    slug="environment-cron-unknown",
    severity=Severity.WARNING,
    summary="the environment {name!r} speaks of the cron job {cron!r}, and there is none",
    why="What is said of a misspelt or forgotten name holds for nothing.",
    help="{cure}",
    example=_example(
        _NIGHTLY,
        bad=_LIVE + "    cron:\n      «counts»:\n        isolated: true\n",
        good=_LIVE + "    cron:\n      count:\n        isolated: true\n",
    ),
)

SUBSCRIBERS_UNKNOWN = Problem(
    code="IG7025",
    slug="subscribers-unknown-topic",
    severity=Severity.ERROR,
    summary="{topic!r} has subscribers of other applications, and is no topic of this one",
    why="Who reads a topic is permitted by its owner; for a topic that does not exist, or that "
    "another application owns, nobody would be.",
    help="{cure}",
    example=_example(
        _OWN,
        bad=_LIVE + "    subscribers:\n      «topic:parcel»: [210987654321]\n",
        good=_LIVE + "    subscribers:\n      topic:parcels: [210987654321]\n",
    ),
)

ENVIRONMENT_PROBLEMS = (
    ENVIRONMENT_INCOMPLETE,
    BINDING_UNKNOWN,
    BINDING_WITHOUT_ADDRESS,
    ENVIRONMENT_ADDRESS_MALFORMED,
    EXTERNAL_TOPIC_UNBOUND,
    ENVIRONMENT_CRON_UNKNOWN,
    SUBSCRIBERS_UNKNOWN,
)
