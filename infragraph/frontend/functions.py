"""Functions: what a `def` or a lambda makes."""

from infragraph.frontend.evaluation import evaluate
from infragraph.frontend.frame import Frame
from infragraph.frontend.values import FunctionValue
from infragraph.model import facts


def made_function(frame: Frame, function: facts.Function) -> FunctionValue:
    """The value of a `def` or a lambda here; its defaults are evaluated now."""
    machine = frame.machine
    outer = frame.activation.code
    qualname = qualified(frame, function.name)
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
    return (*outside, *frame.classes)


def qualified(frame: Frame, name: str) -> str:
    """The name of what is defined here, behind those of what it is defined in."""
    outer = frame.activation.code
    around = frame.classes if outer is None else (outer.qualname, *frame.classes)
    return ".".join((*around, name)) if around else name
