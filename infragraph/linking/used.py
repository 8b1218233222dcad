"""A step of the application, with the node that it belongs to."""

from dataclasses import dataclass

from infragraph.frontend.steps import Step, Write


@dataclass(frozen=True, slots=True)
class Used:
    """A step and whose it is; `source` is a node's id, None for what no service reaches."""

    source: str | None
    service: str | None
    step: Step
    via: tuple[str, ...]
    writes: frozenset[Write]
