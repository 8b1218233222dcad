"""Our own SDK: what its constructors declare and what its verbs use."""

from infragraph.dialects.dialect import Dialect
from infragraph.dialects.sdk.library import SdkDialect

SDK = Dialect(name="sdk", library=SdkDialect())

__all__ = ["SDK", "SdkDialect"]
