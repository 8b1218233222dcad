"""What a running service is given through its environment: values that only a deployment knows."""

import re

_OTHERS = re.compile(r"[^A-Z0-9]")


def variable(node: str, field: str) -> str:
    """`INFRAGRAPH_TOPIC_SIGNUPS_ARN` of `topic:signups` and `arn`.

    Ids that differ in punctuation alone meet here; whoever has all of them checks that none do.
    """
    return f"INFRAGRAPH_{_OTHERS.sub('_', f'{node}_{field}'.upper())}"
