"""Statements: what running each form does."""

from collections.abc import Callable, Mapping
from typing import Any

from infragraph.frontend import (
    branches,
    definitions,
    exceptions,
    iteration,
    loops,
    matching,
    targets,
)
from infragraph.frontend.evaluation import evaluate, handed_back
from infragraph.frontend.execution import execute
from infragraph.frontend.frame import Frame
from infragraph.frontend.imports import execute_import, execute_import_from
from infragraph.frontend.targets import bind_target
from infragraph.frontend.values import literal
from infragraph.model import facts


def _evaluate(frame: Frame, node: facts.Evaluate) -> None:
    evaluate(frame, node.value)


def _return(frame: Frame, node: facts.Return) -> None:
    values = frozenset((literal(None),)) if node.value is None else handed_back(frame, node.value)
    frame.machine.write(("return", frame.activation), values)
    frame.exits.append(frame.state.copy())
    frame.state.is_dead = True


def _assert(frame: Frame, node: facts.Assert) -> None:
    evaluate(frame, node.test)
    if node.message is not None:
        evaluate(frame, node.message)


def _with(frame: Frame, node: facts.With) -> None:
    for item in node.items:
        managers = evaluate(frame, item.context)
        bound = iteration.entered(frame, managers, frame.place(item.context.at))
        if item.target is not None:
            bind_target(frame, item.target, bound)
    execute(frame, node.body)


EXECUTORS: Mapping[type[object], Callable[[Frame, Any], None]] = {
    facts.Assign: targets.assign,
    facts.AnnotatedAssign: targets.assign_annotated,
    facts.AugmentedAssign: targets.assign_augmented,
    facts.TypeAliasStatement: targets.alias,
    facts.Evaluate: _evaluate,
    facts.Return: _return,
    facts.Raise: exceptions.execute_raise,
    facts.Assert: _assert,
    facts.Delete: targets.delete,
    facts.Import: execute_import,
    facts.ImportFrom: execute_import_from,
    facts.Scope: targets.declare,
    facts.If: branches.execute_if,
    facts.For: loops.execute_for,
    facts.While: loops.execute_while,
    facts.Try: exceptions.execute_try,
    facts.With: _with,
    facts.Match: matching.execute_match,
    facts.Jump: loops.jump,
    facts.Function: definitions.define_function,
    facts.Class: definitions.define_class,
}
