"""Functions: what a `def` or a lambda makes."""

from infragraph.frontend.evaluation import evaluate
from infragraph.frontend.frame import Frame
from infragraph.frontend.values import FunctionValue
from infragraph.model import facts


def made_function(frame: Frame, function: facts.Function) -> FunctionValue:
    """The value of a `def` or a lambda here; its defaults are evaluated now."""
    machine = frame.machine
    outer = frame.activation.code
    names = [current.definition.name for current in frame.body_classes]
    prefix = [outer.qualname] if outer is not None else []
    qualname = ".".join([*prefix, *names, function.name])
    code = machine.code(frame.module, function, qualname, class_path(frame))
    closure = None if outer is None else frame.activation
    value = machine.function(code, closure, frame.body_class)
    for parameter in function.parameters:
        if parameter.default is not None:
            default = evaluate(frame, parameter.default)
            machine.write(("default", value, parameter.name), default)
    return value


def class_path(frame: Frame) -> tuple[str, ...]:
    """The names of the classes around this point, outermost first."""
    code = frame.activation.code
    outside = () if code is None else code.classes
    return (*outside, *(of.definition.name for of in frame.body_classes))
