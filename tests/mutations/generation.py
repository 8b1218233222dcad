"""Mistakes that only show once something is generated for the environment `prod` of the shop."""

from collections.abc import Sequence

from tests.mutations.mutation import Added, Change, Edit, Mutation, mutation

ENVIRONMENT = "prod"

_ACCOUNTS = 'accounts = Service("accounts")'
_PRODUCTION = "    class: production\n    domain: shop.example.com\n"
_LISTENER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/edge/1/2"
_FILE, _OVERRIDES = "infragraph.yaml", "deploy/overrides.yaml"


def _overriding(text: str) -> tuple[Change, ...]:
    key = "    domain: shop.example.com\n"
    return (
        Edit(_FILE, key, f"{key}    overrides: {_OVERRIDES}\n"),
        Added(_OVERRIDES, text),
    )


# Three paths share a rule, of which a load balancer has 100.
_MANY = "\n".join(
    [
        "from infragraph import Service",
        "",
        '«many = Service("many")»',
        *(
            line
            for number in range(301)
            for line in (
                "",
                "",
                f'@many.get("/many-{number}", access="public")',
                f"async def many_{number}() -> None: ...",
            )
        ),
        "",
    ]
)


def _reading(names: Sequence[str]) -> str:
    """A service that reads secrets."""
    secrets = [f'{name.lower()} = Secret("{name}")' for name in names]
    return "\n".join(
        [
            "from infragraph import Secret, Service",
            "",
            'keeper = Service("keeper")',
            *secrets,
            "",
            "",
            '@keeper.get("/keys")',
            "async def keys() -> list[str]:",
            f"    return [{', '.join(f'{name.lower()}.get()' for name in names)}]",
            "",
        ]
    )


_KEEPER, _DATA = 'keeper = Service("keeper")', '«keeper = Service("data")»'
_KEY = 'key_1 = Secret("KEY_1")'
_VAT = '@emails.subscribe(placed, "send-vat-invoice", filter={"country": BENELUX})'
_VAT_OF_WHOM = (
    'emails.subscribe(placed, "send-vat-invoice", filter={"country": ("{{resolve:ssm:x}}",)})'
)
_BANK = 'bank_transfers = Topic[BankTransfer]("bank-transfers", external=True)'
_BOUND = "eu-west-1:210987654321:bank-transfers\n    grants"

# The name of a secret, in an ARN, takes a hundred characters of the 10,240 of a role.
_READING = "\n".join(
    [
        "from infragraph import Secret, Service",
        "",
        '«many = Service("many")»',
        *(f'key_{number} = Secret("KEY_{number}")' for number in range(120)),
        "",
        "",
        '@many.get("/keys", access="public")',
        "async def keys() -> list[str]:",
        f"    return [{', '.join(f'key_{number}.get()' for number in range(120))}]",
        "",
    ]
)

GENERATION: tuple[Mutation, ...] = (
    mutation(
        "IG4063",
        "a service that uses more than a role can say",
        Added("shop/many.py", _READING),
        Edit(_FILE, _PRODUCTION, f"{_PRODUCTION}    layout: split\n"),
    ),
    mutation(
        "IG4042",
        "alarms that nobody is told of",
        Edit(
            _FILE,
            "    observability:\n      alarms_to: oncall@example.com\n    cron:\n",
            "    «observability»: {}\n    cron:\n",
        ),
    ),
    mutation(
        "IG4051",
        "two secrets that are one word without their hyphens",
        Added("shop/keeper.py", _reading(("KEY1", "KEY_1")).replace(_KEY, f"«{_KEY}»")),
    ),
    mutation(
        "IG4052",
        "a filter that would read a parameter of the account",
        Edit("shop/emails/handlers.py", _VAT, f"@«{_VAT_OF_WHOM}»"),
    ),
    mutation(
        "IG4053",
        "a topic without order that is bound to one with",
        Edit(_FILE, _BOUND, _BOUND.replace("transfers", "transfers.fifo")),
        Edit("shop/payments/events.py", _BANK, f"«{_BANK}»"),
    ),
    mutation(
        "IG4054",
        "a stack that is nearly full",
        Added("shop/keeper.py", _reading([f"KEY_{at}" for at in range(60)])),
        Edit("shop/accounts/__init__.py", _ACCOUNTS, f"«{_ACCOUNTS}»"),
    ),
    mutation(
        "IG4055",
        "a service that is called as the stack of all data",
        Added("shop/keeper.py", _reading(("KEY",)).replace(_KEEPER, _DATA)),
        Edit(_FILE, _PRODUCTION, f"{_PRODUCTION}    layout: split\n"),
    ),
    mutation(
        "IG4056",
        "a tag with a character that tags do not have",
        Edit(_FILE, "cost-centre: retail", "«cost-centre»: retail & sons"),
    ),
    mutation(
        "IG4057",
        "a grant of a role, which Google Cloud has",
        Edit(_FILE, '"ses:SendEmail"', '«"roles/ses.sender"»'),
    ),
    mutation(
        "IG4058",
        "a grant of all that a service of AWS can do",
        Edit(_FILE, '"ses:SendEmail"', '«"ses:*"»'),
    ),
    mutation(
        "IG4060",
        "a path that no rule of a load balancer can say",
        Edit(
            "shop/accounts/api.py",
            '@accounts.post("/signup", access="public")',
            '@«accounts.post("/s*gnup", access="public")»',
        ),
    ),
    mutation(
        "IG4061",
        "more paths than a load balancer has rules for",
        Added("shop/many.py", _MANY),
        # One stack would hold so many resources that this is told too.
        Edit(_FILE, _PRODUCTION, f"{_PRODUCTION}    layout: split\n"),
    ),
    mutation(
        "IG4062",
        "a listener without its network",
        Edit(_FILE, _PRODUCTION, f'{_PRODUCTION}    «listener»: "{_LISTENER}"\n'),
    ),
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
        "IG7026",
        "an override that would read a secret of the account",
        *_overriding('ExportsBucket:\n  «+BucketName»: "{{Resolve:secretsmanager:x}}"\n'),
    ),
    mutation(
        "IG7023",
        "an override that opens a role",
        *_overriding(
            'EmailsServiceTaskRole:\n  «+ManagedPolicyArns»: ["arn:aws:iam::aws:policy/A"]\n'
        ),
    ),
)
