from typing import Any


def __getattr__(name: str) -> Any:
    return globals()[f"_{name}"]
