from enum import Enum, IntEnum, StrEnum
from typing import Final, Literal

PREFIX: Final = "app"
VERSION: Final[int] = 2
SEPARATOR = "-"
STAGE: Literal["live"] = "live"


class Name(StrEnum):
    MADE = "enum-made"
    SOLD = "enum" + "-sold"


class Plain(Enum):
    LOST = "enum-lost"


class Workers(IntEnum):
    FEW = 3
    MANY = FEW * 4


class Settings:
    ROOT = "settings"
    TOPIC = ROOT + "-made"

    class Inner:
        TOPIC = "inner-made"


class Production(Settings):
    QUEUE = "production-made"
