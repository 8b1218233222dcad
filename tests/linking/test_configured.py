"""Services that the configuration speaks of."""

from pathlib import Path

from infragraph.diagnostics.diagnostic import Severity
from infragraph.model.source import SourceSpan
from tests.analyzing import findings
from tests.workspace.trees import grow

CONFIGURATION = """\
application: app
services:
  orders:
    owner: team-checkout
  nope:
    owner: team-checkout
environments:
  live:
    target: aws
    account: 123456789012
    region: eu-west-1
    domain: example.com
    grants:
      orderz:
        - actions: ["ses:SendEmail"]
          resources: ["*"]
          reason: receipts are sent by mail
"""

ORDERS = 'from infragraph import Service\n\norders = Service("orders")\n'


def test_a_service_that_there_is_not_is_a_warning_at_its_name(tmp_path: Path) -> None:
    found = findings(
        grow(tmp_path, {"infragraph.yaml": CONFIGURATION, "orders/__init__.py": ORDERS})
    )

    assert [(it.slug, it.severity, it.span, it.help) for it in found] == [
        ("configured-service-unknown", Severity.WARNING, span(5, 3, 7), "write 'orders'"),
        ("configured-service-unknown", Severity.WARNING, span(14, 7, 13), "write 'orders'"),
    ]


def test_a_file_that_cannot_be_read_may_declare_it(tmp_path: Path) -> None:
    broken = 'from infragraph import Service\nnope = Service("nope")\ndef f(:\n'

    found = findings(
        grow(tmp_path, {"infragraph.yaml": CONFIGURATION, "orders.py": ORDERS, "nope.py": broken})
    )

    assert [it.slug for it in found] == ["syntax-error"]


def span(line: int, column: int, end: int) -> SourceSpan:
    return SourceSpan(
        path="infragraph.yaml", line=line, column=column, end_line=line, end_column=end
    )
