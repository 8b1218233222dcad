"""Comprehensions, which have a scope of their own."""

from infragraph.frontend import items, iteration
from infragraph.frontend.evaluation import evaluate
from infragraph.frontend.frame import Frame
from infragraph.frontend.unpacking import unpacked
from infragraph.frontend.values import TupleValue, Values
from infragraph.model import facts


def comprehension(frame: Frame, node: facts.Comprehension) -> Values:
    shadowed = dict(frame.state.names)
    bound: set[str] = set()
    with frame.placed("comprehension"):
        for generator in node.generators:
            iterable = evaluate(frame, generator.iterable)
            place = frame.place(generator.iterable.at)
            elements = iteration.iterated(frame, iterable, place)
            bound |= _bind(frame, generator.target, elements)
            for condition in generator.conditions:
                evaluate(frame, condition)
        parts = [evaluate(frame, element) for element in node.elements]
    for name in bound:
        if name in shadowed:
            frame.state.names[name] = shadowed[name]
        else:
            frame.state.names.pop(name, None)
    if node.kind == "generator":
        return frozenset((TupleValue((), parts[0]),))
    container = frame.machine.container(node.kind, frame.place(node.at), frame.activation)
    if node.kind == "dict":
        items.put(frame, container, parts[0], parts[1])
    else:
        items.put(frame, container, None, parts[0])
    return frozenset((container,))


def _bind(frame: Frame, target: facts.Expression, values: Values) -> set[str]:
    """Bind a target here, without writing to the names around; the names that are bound."""
    match target:
        case facts.Name():
            frame.state.names[target.id] = values
            if frame.activation.code is not None:
                frame.machine.write(("cell", frame.activation, target.id), values)
            return {target.id}
        case facts.Sequence():
            names: set[str] = set()
            for element, part in zip(
                target.elements, unpacked(frame, target.elements, values), strict=True
            ):
                names |= _bind(frame, element, part)
            return names
        case facts.Starred():
            return _bind(frame, target.value, values)
        case _:
            return set()
