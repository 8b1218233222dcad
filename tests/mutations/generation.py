"""Mistakes that only show once something is generated for the environment `prod` of the shop."""

from tests.mutations.mutation import Added, Change, Edit, Mutation, mutation

ENVIRONMENT = "prod"

_FILE, _OVERRIDES = "infragraph.yaml", "deploy/overrides.yaml"


def _overriding(text: str) -> tuple[Change, ...]:
    key = "    domain: shop.example.com\n"
    return (
        Edit(_FILE, key, f"{key}    overrides: {_OVERRIDES}\n"),
        Added(_OVERRIDES, text),
    )


GENERATION: tuple[Mutation, ...] = (
    mutation("IG7020", "a grant that is over", Edit(_FILE, "2099-12-31", "«2026-11-24»")),
    mutation(
        "IG7003",
        "an override that is a text",
        *_overriding("ExportsBucket: «large»\n"),
    ),
    mutation(
        "IG7021",
        "an override of a resource that there is not",
        *_overriding("«ExportBucket»:\n  +AccelerateConfiguration: {}\n"),
    ),
    mutation(
        "IG7022",
        "an override of a property that there is not",
        *_overriding("ExportsBucket:\n  BucketEncryption:\n    «Rules»: []\n"),
    ),
    mutation(
        "IG7023",
        "an override that opens a role",
        *_overriding(
            'EmailsServiceTaskRole:\n  «+ManagedPolicyArns»: ["arn:aws:iam::aws:policy/A"]\n'
        ),
    ),
)
