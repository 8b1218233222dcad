"""What stands in the way of generating: grants, overrides, and files that are not ours."""

from infragraph.diagnostics.configuration_problems import FILE
from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import NO_EXAMPLE, Example, Problem

OVERRIDES = "deploy/overrides.yaml"

_STOCK = """\
from infragraph import Bucket, Service

stock = Service("stock")
labels = Bucket("labels")


@stock.get("/labels/{name}", access="public")
async def label(name: str) -> str:
    return (await labels.download(name)).decode()
"""

_LIVE = """\
application: app
environments:
  live:
    target: aws
    region: eu-west-1
    account: 123456789012
"""

_GRANT = """\
    grants:
      stock:
        - actions: ["ses:SendEmail"]
          resources: ["arn:aws:ses:eu-west-1:123456789012:identity/example.com"]
          reason: labels are sent by mail
"""


def _grant(*, bad: str, good: str) -> Example:
    source = {"app/__init__.py": "", "app/stock.py": _STOCK}
    return Example(
        bad={FILE: _LIVE + _GRANT + bad, **source}, good={FILE: _LIVE + _GRANT + good, **source}
    )


def _overrides(*, bad: str, good: str) -> Example:
    source = {
        FILE: f"{_LIVE}    overrides: {OVERRIDES}\n",
        "app/__init__.py": "",
        "app/stock.py": _STOCK,
    }
    return Example(bad={**source, OVERRIDES: bad}, good={**source, OVERRIDES: good})


GENERATED_FILE_EDITED = Problem(
    code="IG5001",
    slug="generated-file-edited",
    severity=Severity.ERROR,
    summary="{path!r} was changed by hand since it was generated, so it is left as it is",
    why="To overwrite it would lose what somebody wrote, without a word.",
    help="compare it with {beside!r}, move the change into an override or into the source, "
    "then pass --force",
    example=NO_EXAMPLE,
)

FILE_NOT_GENERATED = Problem(
    code="IG5002",
    slug="file-not-generated",
    severity=Severity.ERROR,
    summary="{path!r} is in the way: it was not generated here, so it is left as it is",
    why="A file that somebody else put there is theirs.",
    help="compare it with {beside!r}, then move it, choose another --output, or pass --force",
    example=NO_EXAMPLE,
)

GRANT_EXPIRED = Problem(
    code="IG7020",
    slug="grant-expired",
    severity=Severity.ERROR,
    summary="the grant of the service {service!r} was to last until {day}",
    why="A permission that nothing in the source asks for is given for a time, and that is over.",
    help="remove the grant, or give it a later 'expiry'",
    example=_grant(
        bad="          expiry: «2026-01-31»\n",
        good="          expiry: 2099-01-31\n",
    ),
)

OVERRIDE_ADDRESS_UNKNOWN = Problem(
    code="IG7021",
    slug="override-address-unknown",
    severity=Severity.ERROR,
    summary="there is no {address!r} in the plan of {environment!r} to override",
    why="A patch of something that is not there is a setting that silently does nothing.",
    help="{cure}",
    example=_overrides(
        bad="«LabelsBuckets»:\n  +AccelerateConfiguration:\n    AccelerationStatus: Enabled\n",
        good="LabelsBucket:\n  +AccelerateConfiguration:\n    AccelerationStatus: Enabled\n",
    ),
)

OVERRIDE_PATH_UNKNOWN = Problem(
    code="IG7022",
    slug="override-path-unknown",
    severity=Severity.ERROR,
    summary="{address!r} has no {path!r} to override",
    why="A misspelt property would be added beside the one that was meant.",
    help="{cure}",
    example=_overrides(
        bad="LabelsBucket:\n  «AccelerateConfiguration»:\n    AccelerationStatus: Enabled\n",
        good="LabelsBucket:\n  +AccelerateConfiguration:\n    AccelerationStatus: Enabled\n",
    ),
)

OVERRIDE_WIDENS = Problem(
    code="IG7023",
    slug="override-widens-permissions",
    severity=Severity.WARNING,
    summary="the override of {path!r} of {address!r} permits {what}",
    why="Permissions are derived from what the source uses; an override can give more than that, "
    "and whoever reviews it has to see so.",
    help="name the actions and resources one by one, or give them as 'grants' with a reason",
    example=_overrides(
        bad='LabelsBucket:\n  «+Policy»: {Effect: Allow, Action: "s3:*"}\n',
        good="LabelsBucket:\n  +AccelerateConfiguration:\n    AccelerationStatus: Enabled\n",
    ),
)

OVERRIDE_CARRIED_OUT = Problem(
    code="IG7026",
    slug="override-carried-out",
    severity=Severity.ERROR,
    summary="the override of {path!r} of {address!r} holds {text!r}, which the cloud would carry "
    "out",
    why="CloudFormation replaces it by a secret or a parameter of the account wherever it stands, "
    "so that a value nobody was to read ends up in a property that many may.",
    help="write the value itself, or have the service read a Secret",
    example=_overrides(
        bad='LabelsBucket:\n  «+BucketName»: "{{resolve:ssm:/labels/name}}"\n',
        good="LabelsBucket:\n  +BucketName: example-labels\n",
    ),
)

GENERATION_PROBLEMS = (
    GENERATED_FILE_EDITED,
    FILE_NOT_GENERATED,
    GRANT_EXPIRED,
    OVERRIDE_ADDRESS_UNKNOWN,
    OVERRIDE_PATH_UNKNOWN,
    OVERRIDE_WIDENS,
    OVERRIDE_CARRIED_OUT,
)
