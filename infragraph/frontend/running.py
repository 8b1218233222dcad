"""Running: one activation's body, whose results go to the store."""

from functools import partial

from infragraph.frontend.activation import Activation
from infragraph.frontend.execution import execute
from infragraph.frontend.frame import Frame
from infragraph.frontend.imports import publish
from infragraph.frontend.machine import Machine
from infragraph.frontend.state import State


def run(machine: Machine, activation: Activation) -> None:
    """Run an activation once; a loop's body runs several times, so steps are kept once each."""
    frame = Frame(machine, activation, State(), [])
    code = activation.code
    if code is None:
        machine.bodies.append(partial(publish, frame))
        execute(frame, activation.module.facts.body)
        machine.bodies.pop()()
    else:
        frame.placement = "function"
        for parameter in code.function.parameters:
            values = machine.read(("parameter", activation, parameter.name))
            frame.bind(parameter.name, values)
        execute(frame, code.function.body)
        machine.add_writes(activation, frame.state.writes)
        for state in frame.exits:
            machine.add_writes(activation, state.writes)
    activation.steps = list(dict.fromkeys(frame.steps))
