"""Loops: bodies that run until their state counts as settled."""

from collections.abc import Callable

from infragraph.frontend import iteration
from infragraph.frontend.evaluation import evaluate
from infragraph.frontend.execution import execute
from infragraph.frontend.frame import Frame
from infragraph.frontend.state import Loop
from infragraph.frontend.targets import bind_target
from infragraph.model import facts

PASSES = 3
"""Times a loop's body is run before its state counts as settled; the store carries the rest."""


def execute_for(frame: Frame, node: facts.For) -> None:
    iterable = evaluate(frame, node.iterable)
    elements = iteration.iterated(frame, iterable, frame.place(node.iterable.at))

    def bind() -> None:
        bind_target(frame, node.target, elements)

    _loop(frame, node.body, node.orelse, bind)


def execute_while(frame: Frame, node: facts.While) -> None:
    def bind() -> None:
        evaluate(frame, node.test)

    _loop(frame, node.body, node.orelse, bind)


def _loop(
    frame: Frame,
    body: tuple[facts.Statement, ...],
    orelse: tuple[facts.Statement, ...],
    bind: Callable[[], None],
) -> None:
    loop = Loop()
    frame.loops.append(loop)
    with frame.placed("loop"):
        for _ in range(PASSES):
            before = frame.state.copy()
            bind()
            execute(frame, body)
            for state in loop.continues:
                frame.state.merge(state)
            loop.continues.clear()
            frame.state.merge(before)
            if not frame.state.differs(before):
                break
    frame.loops.pop()
    execute(frame, orelse)
    for state in loop.breaks:
        frame.state.merge(state)


def jump(frame: Frame, node: facts.Jump) -> None:
    if node.kind == "pass" or not frame.loops:
        return
    loop = frame.loops[-1]
    (loop.breaks if node.kind == "break" else loop.continues).append(frame.state.copy())
    frame.state.is_dead = True
