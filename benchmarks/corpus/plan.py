"""What distinguishes one generated service from another, decided by the seed and its number."""

from dataclasses import dataclass
from random import Random

TOP = "acme"
COMMONS = f"{TOP}.commons"
KIT = f"{TOP}.kit"
SDK = "infragraph"

_NOUNS = (
    "order",
    "account",
    "invoice",
    "parcel",
    "product",
    "price",
    "review",
    "voucher",
    "refund",
    "supplier",
    "message",
    "journey",
)
_LAYERS = ("steps", "stages", "hops")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """`expression` is how its name is written, `payload` the class that it carries."""

    variable: str
    name: str
    payload: str
    expression: str

    @property
    def node(self) -> str:
        return f"topic:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """`sdk` is where it imports the SDK's names from, `layers` the modules between flow and use."""

    index: int
    noun: str
    sdk: str
    layers: tuple[str, ...]
    has_service_module: bool
    has_migrations: bool
    payload_form: str
    topics: tuple[Topic, ...]

    @property
    def variable(self) -> str:
        return f"{self.noun}s_{self.index:04}"

    @property
    def name(self) -> str:
        return f"{self.noun}s-{self.index:04}"

    @property
    def package(self) -> str:
        return f"{TOP}.{self.variable}"

    @property
    def importing(self) -> str:
        """The line that brings the service itself into one of its modules."""
        return f"from {self.package} import {self.variable}"

    @property
    def node(self) -> str:
        return f"service:{self.name}"

    @property
    def database(self) -> str:
        return f"database:{self.name}"

    @property
    def bucket(self) -> str:
        return f"bucket:{self.name}-files"

    @property
    def secret(self) -> str:
        return f"secret:{self.variable.upper()}_KEY"

    def module(self, name: str) -> str:
        return f"{self.package}.{name}"

    def topic(self, variable: str) -> Topic:
        return next(topic for topic in self.topics if topic.variable == variable)

    def endpoint(self, name: str) -> str:
        return f"endpoint:{self.name}/{name}"


def planned(index: int, choice: Random) -> Service:
    noun = choice.choice(_NOUNS)
    name = f"{noun}s-{index:04}"
    return Service(
        index=index,
        noun=noun,
        sdk=choice.choice((SDK, SDK, KIT)),
        layers=_LAYERS[: choice.randint(1, len(_LAYERS))],
        has_service_module=choice.choice((True, False)),
        has_migrations=choice.choice((True, False, False, False, False)),
        payload_form=choice.choice(("dataclass", "named tuple", "typed dict")),
        topics=tuple(
            Topic(
                variable=event,
                name=f"{name}-{event}",
                payload=f"{noun.title()}{event.title()}",
                expression=choice.choice(_expressions(name, event)),
            )
            for event in ("announced", "changed", "closed")
        ),
    )


def _expressions(name: str, event: str) -> tuple[str, ...]:
    """The ways to write a topic's name; SERVICE and SEPARATOR are constants of other modules."""
    return (
        f'"{name}-{event}"',
        f'f"{{SERVICE}}-{event}"',
        f'f"{{SERVICE}}{{SEPARATOR}}{event}"',
        f'SERVICE + SEPARATOR + "{event}"',
    )
