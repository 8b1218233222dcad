"""The ways in which a module may name what another one defines."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    imports: tuple[str, ...]
    expression: str


def reference(choice: Random, *, within: str, module: str, name: str) -> Reference:
    """`name` of `module`, as the module called `within` may write it.

    A name that this binds tells the package it comes from, so that none hides another.
    """
    parent, _, leaf = module.rpartition(".")
    label = module.replace(".", "_")
    forms = [
        Reference(imports=(f"from {module} import {name}",), expression=name),
        Reference(
            imports=(f"from {module} import {name} as {name}_of_{label}",),
            expression=f"{name}_of_{label}",
        ),
        Reference(
            imports=(f"from {parent} import {leaf} as {label}",), expression=f"{label}.{name}"
        ),
        Reference(imports=(f"import {module} as {label}",), expression=f"{label}.{name}"),
        Reference(imports=(f"import {module}",), expression=f"{module}.{name}"),
    ]
    shared = _shared(within, module)
    if shared > 1:
        dots = "." * (within.count(".") + 1 - shared)
        below = ".".join(module.split(".")[shared:])
        forms.append(Reference(imports=(f"from {dots}{below} import {name}",), expression=name))
    return choice.choice(forms)


def renamed(choice: Random, *, within: str, module: str, name: str) -> Reference:
    """As `reference`, never under the name itself, which `within` may bind to another thing."""
    while True:
        found = reference(choice, within=within, module=module, name=name)
        if found.expression != name:
            return found


def _shared(one: str, other: str) -> int:
    """How many leading packages two modules share."""
    count = 0
    for left, right in zip(one.split(".")[:-1], other.split(".")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count
