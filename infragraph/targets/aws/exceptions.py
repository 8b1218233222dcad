"""What a checker of templates would report and is meant, with the reason that its output shows."""

from collections.abc import Mapping

from infragraph.model.plan import PlanValue


def skipped(reasons: Mapping[str, str]) -> Mapping[str, PlanValue]:
    """Notes by which checkov leaves rules out, of the reasons by their ids."""
    if not reasons:
        return {}
    skips = tuple({"id": rule, "comment": reasons[rule]} for rule in sorted(reasons))
    return {"checkov": {"skip": skips}}
