"""Variables of a process: how a service is told what only the deployed stack knows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from infragraph.model.plan import Attribute, Joined, Parameter, PlanValue

_PREFIX = "INFRAGRAPH"

# `/` parts a topic from its subscription and a service from its endpoint, `.` what lies in a field:
# a longer mark than the hyphen's keeps `signups/send-now` apart from `signups-send/now`.
_MARKS = str.maketrans({":": "_", "-": "_", "/": "__", ".": "__"})


def variable(node: str, field: str) -> str:
    """The variable that holds a field of a node's address."""
    return f"{_PREFIX}_{node}_{field}".translate(_MARKS).upper()


def is_known_later(value: PlanValue) -> bool:
    """Whether a variable has to bring this value: it is known once the plan is carried out."""
    return isinstance(value, Attribute | Parameter | Joined)


def variables(
    addresses: Mapping[str, Mapping[str, PlanValue]], nodes: Iterable[str]
) -> Mapping[str, PlanValue]:
    """What a process that uses these nodes is given, sorted by the variables' names."""
    found: dict[str, PlanValue] = {}
    for node in nodes:
        for field, value in _leaves(addresses.get(node, {})):
            if is_known_later(value):
                found[variable(node, field)] = value
    return {name: found[name] for name in sorted(found)}


def collisions(
    addresses: Mapping[str, Mapping[str, PlanValue]],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Variables that several nodes would share, with the ids of these nodes."""
    owners: dict[str, set[str]] = {}
    for node, fields in addresses.items():
        for field, value in _leaves(fields):
            if is_known_later(value):
                owners.setdefault(variable(node, field), set()).add(node)
    return tuple(
        (name, tuple(sorted(owners[name]))) for name in sorted(owners) if len(owners[name]) > 1
    )


def _leaves(fields: Mapping[str, PlanValue], prefix: str = "") -> Iterator[tuple[str, PlanValue]]:
    for name, value in fields.items():
        match value:
            case Mapping():
                yield from _leaves(value, f"{prefix}{name}.")
            case Sequence() if not isinstance(value, str):
                yield from _leaves(
                    {str(at): item for at, item in enumerate(value)}, f"{prefix}{name}."
                )
            case _:
                yield f"{prefix}{name}", value
