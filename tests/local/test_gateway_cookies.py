"""The dashboard's cookie stays with the dashboard."""

import pytest

from infragraph.local.gateway import without_dashboard


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("session=a", "session=a"),
        ("infragraph_9400=secret", ""),
        ("a=1; infragraph_9400=secret; b=2", "a=1; b=2"),
        ("infragraph_x=1; my_infragraph_9400=2", "infragraph_x=1; my_infragraph_9400=2"),
    ],
)
def test_a_service_never_sees_it(sent: str, kept: str) -> None:
    assert without_dashboard(sent) == kept
