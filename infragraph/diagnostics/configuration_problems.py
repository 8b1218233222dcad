"""What can be wrong with `infragraph.yaml`."""

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import Example, Problem

FILE = "infragraph.yaml"

_ORDERS = 'from infragraph import Service\n\norders = Service("orders")\n'


def _example(*, bad: str, good: str) -> Example:
    return Example(bad={FILE: bad}, good={FILE: good})


CONFIGURATION_SYNTAX = Problem(
    code="IG7001",
    slug="configuration-syntax",
    severity=Severity.ERROR,
    summary="the configuration cannot be read: {reason}",
    why="A file that is read by halves would change the result without a word.",
    help="mend the place that is marked; the file is YAML, encoded as UTF-8",
    example=_example(bad="exclude: [legacy/\n«»", good="exclude: [legacy/]\n"),
)

CONFIGURATION_UNKNOWN_KEY = Problem(
    code="IG7002",
    slug="configuration-unknown-key",
    severity=Severity.ERROR,
    summary="{key!r} is not a key of {place}",
    why="A misspelt key would be a setting that silently does nothing.",
    help="use one of {known}",
    example=_example(bad="«includetests»: true\n", good="include_tests: true\n"),
)

CONFIGURATION_WRONG_TYPE = Problem(
    code="IG7003",
    slug="configuration-wrong-type",
    severity=Severity.ERROR,
    summary="{key!r} is {found}, and has to be {expected_type}",
    why="A value of another type cannot be understood, and guessing would hide a mistake.",
    help="write {expected_type}",
    example=_example(bad="exclude: «legacy/»\n", good="exclude:\n  - legacy/\n"),
)

CONFIGURATION_DUPLICATE_KEY = Problem(
    code="IG7004",
    slug="configuration-duplicate-key",
    severity=Severity.ERROR,
    summary="{key!r} is given twice",
    why="YAML readers keep one of the two values, and not all of them the same one.",
    help="keep one of the two",
    example=_example(bad="application: shop\n«application»: store\n", good="application: shop\n"),
)

CONFIGURATION_YAML_FEATURE = Problem(
    code="IG7005",
    slug="configuration-yaml-feature",
    severity=Severity.ERROR,
    summary="{feature} are not read in the configuration",
    why="Anchors, aliases, merge keys and tags let a small file mean a huge or surprising one.",
    help="write the value out",
    example=_example(bad="roots: «&folders» [src]\n", good="roots: [src]\n"),
)

CONFIGURATION_UNKNOWN_SLUG = Problem(
    code="IG7006",
    slug="configuration-unknown-slug",
    severity=Severity.ERROR,
    summary="there is no problem called {name!r}",
    why="A severity for a problem that does not exist changes nothing.",
    help="run 'infragraph explain' for the list of slugs",
    example=_example(
        bad="severity:\n  «unused-ignor»: error\n", good="severity:\n  unused-ignore: error\n"
    ),
)

CONFIGURATION_UNKNOWN_VALUE = Problem(
    code="IG7007",
    slug="configuration-unknown-value",
    severity=Severity.ERROR,
    summary="{value!r} is not one of the values of {key!r}",
    why="A value that nothing knows would be a setting that silently does nothing.",
    help="use one of {known}",
    example=_example(bad="targets: [«azure»]\n", good="targets: [aws]\n"),
)

CONFIGURATION_PATH_OUTSIDE_ROOT = Problem(
    code="IG7008",
    slug="configuration-path-outside-root",
    severity=Severity.ERROR,
    summary="{path!r} does not lie inside the folder of the configuration",
    why="What is read must not depend on files that are not part of the application.",
    help="give a path relative to infragraph.yaml, with forward slashes and no '..'",
    example=_example(bad="roots: [«../shared»]\n", good="roots: [shared]\n"),
)

CONFIGURATION_MALFORMED_VALUE = Problem(
    code="IG7009",
    slug="configuration-malformed-value",
    severity=Severity.ERROR,
    summary="{value!r} does not have the form of {key}",
    why="Names and addresses are used as they are in clouds, which refuse other forms much later.",
    help="write something like {sample}",
    example=_example(bad="application: «My Shop»\n", good="application: my-shop\n"),
)

CONFIGURATION_MISSING_KEY = Problem(
    code="IG7010",
    slug="configuration-missing-key",
    severity=Severity.ERROR,
    summary="{place} has no {key!r}",
    why="The setting cannot be used without it.",
    help="add {key!r}",
    example=_example(
        bad="libraries:\n  - «package: acme_events»\n",
        good="libraries:\n  - package: acme_events\n    path: libraries\n",
    ),
)

CONFIGURATION_OTHER_TARGET = Problem(
    code="IG7011",
    slug="configuration-other-target",
    severity=Severity.ERROR,
    summary="{key!r} belongs to {owner}, and the target of {place} is {target}",
    why="The key would have no effect, and the one that is needed may be missing.",
    help="remove it, or change the target",
    example=_example(
        bad="environments:\n  live:\n    target: aws\n    region: eu-west-1\n"
        "    account: 123456789012\n    «project»: shop-live\n",
        good="environments:\n  live:\n    target: gcp\n    region: europe-west4\n"
        "    project: shop-live\n    project_number: 123456789012\n",
    ),
)

CONFIGURATION_PATH_NOT_FOUND = Problem(
    code="IG7012",
    slug="configuration-path-not-found",
    severity=Severity.ERROR,
    summary="{path!r} is not {wanted} below the configuration",
    why="A folder that is not there gives no modules, and the graph would lack what they declare.",
    help="correct the path, or remove it",
    example=_example(bad="roots: [«sources»]\n", good="roots: []\n"),
)

LIBRARY_NOT_FOUND = Problem(
    code="IG7013",
    slug="library-not-found",
    severity=Severity.ERROR,
    summary="the source of the library {name!r} was not found in {place}",
    why="Payload types that it defines would be unknown.",
    help="name the environment that has it with --python, or give its folder as 'path'",
    example=_example(bad="libraries: [«acme_events»]\n", good="libraries: []\n"),
)

CONFIGURED_SERVICE_UNKNOWN = Problem(
    code="IG7014",
    slug="configured-service-unknown",
    severity=Severity.WARNING,
    summary="the configuration speaks of the service {name!r}, and there is no such service",
    why="What is said of a misspelt or forgotten name holds for nobody.",
    help="{cure}",
    example=Example(
        bad={
            FILE: "application: app\nservices:\n  «oders»:\n    owner: team-checkout\n",
            "orders.py": _ORDERS,
        },
        good={
            FILE: "application: app\nservices:\n  orders:\n    owner: team-checkout\n",
            "orders.py": _ORDERS,
        },
    ),
)

CONFIGURATION_PROBLEMS = (
    CONFIGURATION_SYNTAX,
    CONFIGURATION_UNKNOWN_KEY,
    CONFIGURATION_WRONG_TYPE,
    CONFIGURATION_DUPLICATE_KEY,
    CONFIGURATION_YAML_FEATURE,
    CONFIGURATION_UNKNOWN_SLUG,
    CONFIGURATION_UNKNOWN_VALUE,
    CONFIGURATION_PATH_OUTSIDE_ROOT,
    CONFIGURATION_MALFORMED_VALUE,
    CONFIGURATION_MISSING_KEY,
    CONFIGURATION_OTHER_TARGET,
    CONFIGURATION_PATH_NOT_FOUND,
    LIBRARY_NOT_FOUND,
    CONFIGURED_SERVICE_UNKNOWN,
)
