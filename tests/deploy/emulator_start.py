"""Starts ministack, with what it gets wrong put right; run by the Python that has it.

CloudFormation gives the value of a parameter as a text, also where a number is meant; ECS takes it,
and ministack counts with it as it is. Of a topic that a template makes ministack forgets that it is
FIFO, which its name says too.
"""

import sys
from importlib import import_module
from typing import Any


def main() -> int:
    app: Any = import_module("ministack.app")
    ecs: Any = import_module("ministack.services.ecs")
    sns: Any = import_module("ministack.services.sns")
    ecs._create_service = _counting(ecs._create_service)  # noqa: SLF001
    ecs._update_service = _counting(ecs._update_service)  # noqa: SLF001
    sns._is_fifo_topic = _is_fifo  # noqa: SLF001
    result: int = app.main()
    return result


def _counting(function: Any) -> Any:
    def called(data: dict[str, Any]) -> Any:
        if isinstance(data.get("desiredCount"), str):
            data = {**data, "desiredCount": int(data["desiredCount"])}
        return function(data)

    return called


def _is_fifo(topic: dict[str, Any]) -> bool:
    return str(topic["attributes"]["TopicArn"]).endswith(".fifo")


if __name__ == "__main__":
    sys.exit(main())
