"""A small application, its environment, and its templates."""

from collections.abc import Mapping
from dataclasses import replace

from infragraph.deploy.aws.events import Watched
from infragraph.deploy.pace import Pace
from infragraph.model.environment import Environment, Layout, Size
from infragraph.model.graph import InfraGraph
from infragraph.usecases.deploy import Subject
from infragraph.usecases.generate import generate
from infragraph.usecases.generators import generator
from tests.compiling import compiled
from tests.deploy.fake_aws import ACCOUNT, REGION

FIRST = "sha256:" + 64 * "1"
SECOND = "sha256:" + 64 * "2"

SHOP: Mapping[str, str] = {
    "shop/__init__.py": "",
    "shop/orders.py": """\
from dataclasses import dataclass

from infragraph import Service, SQLDatabase, Topic

orders = Service("orders")
db = SQLDatabase("orders", migrations=None)


@dataclass(frozen=True)
class Order:
    id: str


placed = Topic[Order]("placed")


@orders.get("/orders/{id}", access="public")
async def find(id: str) -> Order:
    await db.execute("select 1 from orders where id = $1", id)
    return Order(id)


@orders.post("/orders", access="public")
async def place(id: str) -> Order:
    await placed.publish(Order(id))
    return Order(id)
""",
    "mails/__init__.py": "",
    "mails/service.py": """\
from infragraph import Secret, Service

from shop.orders import Order, placed

mails = Service("mails")
password = Secret("SMTP_PASSWORD")


@mails.subscribe(placed, "confirm")
async def confirm(order: Order) -> None:
    print(password.get(), order)
""",
}

PRODUCTION = Environment(
    name="prod", target="aws", region=REGION, account=ACCOUNT, size=Size.PRODUCTION
)
SMALL = replace(PRODUCTION, name="test", size=Size.SMALL)


def graph(source: Mapping[str, str] = SHOP) -> InfraGraph:
    found, diagnostics = compiled(source)
    assert [one.code for one in diagnostics if one.severity == "error"] == []
    return found


def subject(environment: Environment = SMALL, source: Mapping[str, str] = SHOP) -> Subject:
    made = graph(source)
    generation = generate(made, environment, {}, generator("aws"), {"manifests"})
    assert generation.is_whole, generation.diagnostics
    artifacts = tuple(one.artifact for one in generation.made)
    return Subject(graph=made, environment=environment, artifacts=artifacts)


def split(environment: Environment) -> Environment:
    return replace(environment, layout=Layout.SPLIT)


class Told:
    """Keeps all that is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    @property
    def watched(self) -> Watched:
        return Watched(pace=Pace(factor=0), tell=self.lines.append)

    def phases(self) -> list[str]:
        return [line.removeprefix("== ") for line in self.lines if line.startswith("== ")]


NOTHING: Mapping[str, str] = {}
CERTIFICATE: Mapping[str, str] = {
    "CertificateArn": f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/0a1b"
}
