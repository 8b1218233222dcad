"""Values of a plan as CloudFormation writes them: what is known later, in long-form intrinsics."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, assert_never

from infragraph.model.plan import Attribute, Joined, Parameter, PlanValue

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


def written(value: PlanValue) -> Json:
    """Never `Fn::Sub`, in whose text a `${` of somebody's would be carried out."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case Attribute():
            return reference(value)
        case Parameter():
            return {"Ref": value.name}
        case Joined():
            return {"Fn::Join": ["", [written(part) for part in value.parts]]}
        case Mapping():
            return {key: written(item) for key, item in value.items()}
        case Sequence():
            return [written(item) for item in value]
        case _:
            assert_never(value)


def reference(attribute: Attribute) -> Json:
    if attribute.name is None:
        return {"Ref": attribute.address}
    return {"Fn::GetAtt": [attribute.address, attribute.name]}
