"""Methods: functions of a class, bound to what they were asked of."""

from infragraph.frontend.values import (
    BoundMethod,
    Container,
    FunctionValue,
    Instance,
    Partial,
    Value,
    Values,
)


def bind_members(members: Values, receiver: Value) -> Values:
    """Functions found in a class, bound to the object they were asked of."""
    bound: set[Value] = set()
    for value in members:
        if isinstance(value, FunctionValue) and value.role in {"plain", "context"}:
            bound.add(BoundMethod(receiver, value))
        elif isinstance(value, Partial) and value.is_method:
            inner = bind_members(frozenset((value.callee,)), receiver)
            bound.update(Partial(one, value.positional, value.keywords) for one in inner)
        elif isinstance(value, Container) and value.kind == "dispatch":
            bound.add(Partial(value, (frozenset((receiver,)),), ()))
        elif isinstance(value, FunctionValue) and value.role == "class":
            of = receiver.of if isinstance(receiver, Instance) else receiver
            bound.add(BoundMethod(of, value))
        else:
            bound.add(value)
    return frozenset(bound)
