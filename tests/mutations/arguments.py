"""Mistakes in the arguments of declarations, whatever their kind."""

from tests.mutations.mutation import Edit, Mutation, mutation

SIGNUPS = 'Topic[Signup]("signups", publishers=("accounts",))'
PURGE = '@accounts.cron("purge-unverified", every="24h")'

NOT_CONSTANT: tuple[Mutation, ...] = (
    mutation(
        "IG2001",
        "a topic named by the environment",
        Edit(
            "shop/accounts/events.py",
            "from dataclasses import dataclass\n",
            "import os\nfrom dataclasses import dataclass\n",
        ),
        Edit("shop/accounts/events.py", SIGNUPS, 'Topic[Signup](«os.environ["SIGNUPS"]»)'),
    ),
    mutation(
        "IG2001",
        "a database named by the environment",
        Edit("shop/orders/database.py", "from infragraph", "import os\n\nfrom infragraph"),
        Edit("shop/orders/database.py", '"orders"', '«os.getenv("DATABASE", "orders")»'),
    ),
    mutation(
        "IG2001",
        "a bucket named by a function",
        Edit("shop/reports.py", 'Bucket("exports")', 'Bucket(«NIGHTLY.lower().strip("/")»)'),
        Edit("shop/reports.py", '\nNIGHTLY = "reports/nightly"\n', ""),
        Edit(
            "shop/reports.py",
            'reports = Service("reports")\n',
            'reports = Service("reports")\n\nNIGHTLY = "reports/nightly"\n',
        ),
    ),
    mutation(
        "IG2001",
        "a secret named by an input",
        Edit("shop/emails/mailer.py", '"SMTP_PASSWORD"', '«input("which secret? ")»'),
    ),
    mutation(
        "IG2001",
        "a service named by the environment",
        Edit("shop/emails/__init__.py", "from infragraph", "import os\n\nfrom infragraph"),
        Edit("shop/emails/__init__.py", '"emails"', '«os.environ["SERVICE"]»'),
    ),
    mutation(
        "IG2001",
        "a period that is measured",
        Edit("shop/accounts/api.py", 'every="24h"', "every=«datetime.now(UTC) - START»"),
        Edit("shop/accounts/api.py", "INSERT =", "START = datetime.now(UTC)\n\nINSERT ="),
    ),
    mutation(
        "IG2001",
        "a path that is put together when it runs",
        Edit(
            "shop/accounts/api.py",
            '@accounts.get("/session", access="public")',
            '@accounts.get(«sessions.issue(uuid4())», access="public")',
        ),
    ),
    mutation(
        "IG2001",
        "an access that depends on the environment",
        Edit("shop/reports.py", "import json\n", "import json\nimport os\n"),
        Edit(
            "shop/reports.py",
            '"/reports/connection", access="auth"',
            '"/reports/connection", access=«os.environ["ACCESS"]»',
        ),
    ),
    mutation(
        "IG2001",
        "an option of a retry that is not constant",
        Edit("shop/emails/handlers.py", "from infragraph", "import os\n\nfrom infragraph"),
        Edit(
            "shop/emails/handlers.py",
            "max_attempts=10",
            'max_attempts=«int(os.environ["ATTEMPTS"])»',
        ),
    ),
    mutation(
        "IG2001",
        "a constant that is not defined",
        Edit("shop/orders/api.py", 'every="15m"', "every=«PERIOD»"),
    ),
    mutation(
        "IG2012",
        "a bucket made by a function",
        Edit(
            "shop/reports.py",
            'exports = Bucket("exports")\n',
            "def _bucket(name: str) -> Bucket:\n    return «Bucket(name)»\n\n\n"
            'exports = _bucket("exports")\n',
        ),
    ),
    mutation(
        "IG2012",
        "topics made in a loop",
        Edit(
            "shop/shared/activity.py",
            'activities = Topic[Activity]("activities", retention="14d", audit=True)\n',
            'for name in ("activities",):\n    activities = «Topic[Activity](name)»\n',
        ),
        Edit(
            "shop/shared/activity.py", '"""What was done in the whole shop; kept for good."""', ""
        ),
    ),
    mutation(
        "IG2012",
        "a cron registered by a function",
        Edit(
            "shop/accounts/api.py",
            PURGE,
            "",
        ),
        Edit(
            "shop/accounts/api.py",
            "",
            "\n\ndef register() -> None:\n"
            '    «accounts.cron("purge", every="24h")»(purge_unverified)'
            "\n\n\nregister()\n",
        ),
    ),
)

WRONG_TYPE: tuple[Mutation, ...] = (
    mutation(
        "IG2002",
        "a flag as text",
        Edit("shop/shared/activity.py", "audit=True", 'audit=«"yes"»'),
    ),
    mutation(
        "IG2002",
        "a number as text",
        Edit("shop/shipping/api.py", "concurrency=4", 'concurrency=«"4"»'),
    ),
    mutation(
        "IG2002",
        "a duration as a number",
        Edit("shop/shipping/api.py", 'retention="14d"', "retention=«14»"),
    ),
    mutation(
        "IG2002",
        "a text where a tuple of services belongs",
        Edit("shop/catalog/database.py", '("reports",)', '«"reports"»'),
    ),
    mutation(
        "IG2002",
        "brackets without the comma of a tuple",
        Edit("shop/accounts/events.py", '("accounts",)', '(«"accounts"»)'),
    ),
    mutation(
        "IG2002",
        "a name that is a number",
        Edit("shop/emails/__init__.py", '"emails"', "«5»"),
    ),
    mutation(
        "IG2002",
        "a retry as a number",
        Edit("shop/emails/handlers.py", "retry=Retry(max_attempts=10)", "retry=«10»"),
    ),
    mutation(
        "IG2002",
        "a filter as a list",
        Edit("shop/emails/handlers.py", '{"country": BENELUX}', '«["country"]»'),
    ),
    mutation(
        "IG2002",
        "a path that is a number",
        Edit(
            "shop/accounts/api.py",
            'accounts.get("/session"',
            "accounts.get(«1»",
        ),
    ),
    mutation(
        "IG2002",
        "tags as one text",
        Edit(
            "shop/catalog/api.py",
            '"/products/{product_id}", access="public", tags=("catalog",)',
            '"/products/{product_id}", access="public", tags=«"catalog"»',
        ),
    ),
    mutation(
        "IG2002",
        "a schedule as a duration",
        Edit(
            "shop/accounts/api.py",
            'every="24h"',
            "schedule=«timedelta(hours=24)»",
        ),
    ),
)

SIGNATURE: tuple[Mutation, ...] = (
    mutation(
        "IG2003",
        "a misspelt option of a topic",
        Edit("shop/shared/activity.py", "retention=", "«retenton»="),
    ),
    mutation(
        "IG2003",
        "a misspelt option of a subscription",
        Edit("shop/shipping/api.py", "concurrency=", "«concurency»="),
    ),
    mutation(
        "IG2003",
        "a misspelt option of an endpoint",
        Edit("shop/reports.py", 'timeout="1m"', '«time_out»="1m"'),
    ),
    mutation(
        "IG2003",
        "a misspelt option of a cron",
        Edit("shop/orders/api.py", 'every="15m"', 'every="15m", «time_zone»="UTC"'),
    ),
    mutation(
        "IG2003",
        "a misspelt option of a database",
        Edit("shop/catalog/database.py", "shared_with=", "«share_with»="),
    ),
    mutation(
        "IG2003",
        "a misspelt option of a bucket",
        Edit("shop/catalog/photos.py", "public=True", "«publc»=True"),
    ),
    mutation(
        "IG2003",
        "a misspelt option of a retry",
        Edit("shop/emails/handlers.py", "max_attempts=10", "«max_attempt»=10"),
    ),
    mutation(
        "IG2003",
        "an option of another kind",
        Edit("shop/orders/api.py", 'every="15m"', 'every="15m", «concurrency»=1'),
    ),
    mutation(
        "IG2003",
        "an option of the other endpoints on a raw one",
        Edit("shop/payments/cards.py", 'body_limit="16KiB"', '«timeout»="5s"'),
    ),
    mutation(
        "IG2003",
        "an option of a service",
        Edit("shop/emails/__init__.py", '"emails"', '"emails", «owner»="team-customers"'),
    ),
    mutation(
        "IG2003",
        "an option of a secret",
        Edit("shop/shared/links.py", '"LINK_KEY"', '"LINK_KEY", «default»="key"'),
    ),
    mutation(
        "IG2004",
        "a cron without a name",
        Edit("shop/accounts/api.py", PURGE, '@«accounts.cron(every="24h")»'),
    ),
    mutation(
        "IG2004",
        "a subscription without a name",
        Edit(
            "shop/emails/handlers.py",
            '@emails.subscribe(order_ends, "tell-outcome")',
            "@«emails.subscribe(order_ends)»",
        ),
    ),
    mutation(
        "IG2004",
        "a topic without a name",
        Edit(
            "shop/accounts/events.py",
            'Topic[Reminder]("verification-reminders")',
            "«Topic[Reminder]()»",
        ),
    ),
    mutation(
        "IG2004",
        "a service without a name",
        Edit("shop/emails/__init__.py", 'Service("emails")', "«Service()»"),
    ),
    mutation(
        "IG2004",
        "a database without a name",
        Edit("shop/payments/database.py", 'SQLDatabase("payments")', "«SQLDatabase()»"),
    ),
    mutation(
        "IG2004",
        "a bucket without a name",
        Edit("shop/reports.py", 'Bucket("exports")', "«Bucket()»"),
    ),
    mutation(
        "IG2004",
        "a secret without a name",
        Edit("shop/emails/mailer.py", 'Secret("SMTP_PASSWORD")', "«Secret()»"),
    ),
    mutation(
        "IG2004",
        "an endpoint without a path",
        Edit("shop/orders/api.py", '@orders.post("/orders/paid")', "@«orders.post()»"),
    ),
    mutation(
        "IG2005",
        "an option by position",
        Edit(
            "shop/payments/events.py",
            '"bank-transfers", external=True',
            '"bank-transfers", «True»',
        ),
    ),
    mutation(
        "IG2005",
        "a period by position",
        Edit("shop/orders/api.py", 'every="15m"', '«"15m"»'),
    ),
    mutation(
        "IG2006",
        "a name by position and by name",
        Edit("shop/orders/database.py", '"orders"', '"orders", «name»="orders"'),
    ),
    mutation(
        "IG2007",
        "options spread from what was read",
        Edit(
            "shop/reports.py",
            '@reports.get("/reports/sales", access="auth", timeout="1m")',
            '@«reports.get("/reports/sales", **json.loads("{}"))»',
        ),
    ),
    mutation(
        "IG2008",
        "an access that there is not",
        Edit("shop/shipping/api.py", '"/scans", access="public"', '"/scans", access=«"open"»'),
    ),
    mutation(
        "IG2008",
        "a delivery that there is not",
        Edit("shop/payments/events.py", '"exactly-once"', '«"exactly_once"»'),
    ),
    mutation(
        "IG2008",
        "a method that there is not",
        Edit("shop/payments/cards.py", '"POST"', '«"SEND"»'),
    ),
    mutation(
        "IG2008",
        "a method in lower case",
        Edit("shop/payments/cards.py", '"POST"', '«"post"»'),
    ),
)

NAMES: tuple[Mutation, ...] = (
    mutation(
        "IG2009",
        "a topic with an upper case letter",
        Edit("shop/accounts/events.py", '"verification-reminders"', '«"verification-Reminders"»'),
    ),
    mutation(
        "IG2009",
        "a subscription with an underscore",
        Edit("shop/emails/handlers.py", '"send-welcome-email"', '«"send_welcome_email"»'),
    ),
    mutation(
        "IG2009",
        "a service with an upper case letter",
        Edit("shop/reports.py", 'Service("reports")', 'Service(«"Reports"»)'),
        Edit("shop/catalog/database.py", '("reports",)', '("Reports",)'),
    ),
    mutation(
        "IG2009",
        "a database that begins with a digit",
        Edit("shop/orders/database.py", '"orders"', '«"1orders"»'),
    ),
    mutation(
        "IG2009",
        "a bucket with two hyphens",
        Edit("shop/catalog/photos.py", '"product-photos"', '«"product--photos"»'),
    ),
    mutation(
        "IG2009",
        "a cron with a blank",
        Edit("shop/orders/api.py", '"expire-unpaid"', '«"expire unpaid"»'),
    ),
    mutation(
        "IG2009",
        "a name that is too long",
        Edit("shop/orders/api.py", '"expire-unpaid"', f'«"{"a" * 41}"»'),
    ),
    mutation("IG2009", "an empty name", Edit("shop/orders/api.py", '"expire-unpaid"', '«""»')),
    mutation(
        "IG2009",
        "an empty name of a topic",
        Edit("shop/accounts/events.py", '"verification-reminders"', '«""»'),
    ),
    mutation(
        "IG2009",
        "a name that is built of constants",
        Edit("shop/shared/activity.py", '"activities"', '«f"{ACTIVITY}_trail"»'),
        Edit(
            "shop/shared/activity.py",
            'Action = Literal["created", "changed", "removed"]\n',
            'Action = Literal["created", "changed", "removed"]\n\nACTIVITY = "activity"\n',
        ),
    ),
    mutation(
        "IG2010",
        "a duration in words",
        Edit("shop/shipping/api.py", 'retention="14d"', 'retention=«"14 days"»'),
    ),
    mutation(
        "IG2010",
        "a duration without a unit",
        Edit("shop/reports.py", 'timeout="1m"', 'timeout=«"60"»'),
    ),
    mutation(
        "IG2010",
        "a period of a cron with an unknown unit",
        Edit("shop/orders/api.py", 'every="15m"', 'every=«"15min"»'),
    ),
    mutation(
        "IG2010",
        "a backoff in words",
        Edit("shop/payments/requests.py", 'min_backoff="30s"', 'min_backoff="half a minute"'),
        Edit("shop/payments/requests.py", "retry=PATIENT", "retry=«PATIENT»"),
    ),
    mutation(
        "IG2010",
        "a negative timedelta",
        Edit("shop/orders/placing.py", "timeout=ORDER_TIMEOUT", "timeout=«ORDER_TIMEOUT»"),
        Edit("shop/orders/placing.py", "timedelta(seconds=10)", "timedelta(seconds=-10)"),
    ),
    mutation(
        "IG2011",
        "a size in units of a thousand",
        Edit("shop/catalog/photos.py", '"20MiB"', '«"20MB"»'),
    ),
    mutation(
        "IG2011",
        "a size below zero",
        Edit("shop/catalog/api.py", "body_limit=1024", "body_limit=«-1»"),
    ),
    mutation(
        "IG2015",
        "a misspelt service that a database is shared with",
        Edit(
            "shop/shared/idempotency.py",
            '("orders", "payments")',
            '("orders", "payments", «"mails"»)',
        ),
    ),
    mutation(
        "IG2015",
        "a misspelt publisher",
        Edit("shop/accounts/events.py", '("accounts",)', '("accounts", «"acounts"»)'),
    ),
    mutation(
        "IG2015",
        "a misspelt subscriber",
        Edit("shop/payments/events.py", '("orders",)', '("orders", «"order"»)'),
    ),
)

ARGUMENTS: tuple[Mutation, ...] = (*NOT_CONSTANT, *WRONG_TYPE, *SIGNATURE, *NAMES)
