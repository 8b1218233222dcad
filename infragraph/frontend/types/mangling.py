"""Private names, as Python writes them into objects."""

from infragraph.frontend.values import ClassValue


def mangled(name: str, of: ClassValue) -> str:
    """`__name` as it is called outside of its class."""
    if not name.startswith("__") or name.endswith("__"):
        return name
    return f"_{of.definition.name.lstrip('_')}{name}"
