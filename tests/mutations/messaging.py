"""Mistakes in topics and subscriptions."""

from tests.mutations.mutation import Edit, Mutation, mutation

SIGNUPS = 'signups = Topic[Signup]("signups", publishers=("accounts",))'

TOPICS: tuple[Mutation, ...] = (
    mutation(
        "IG2101",
        "a topic that carries nothing said",
        Edit(
            "shop/accounts/events.py",
            'Topic[Reminder]("verification-reminders")',
            '«Topic("verification-reminders")»',
        ),
    ),
    mutation(
        "IG2102",
        "an ordering key that is no field",
        Edit("shop/shipping/events.py", 'ordering_key="parcel_id"', 'ordering_key=«"parcel"»'),
    ),
    mutation(
        "IG2102",
        "an ordering key that is no field of a pydantic model",
        Edit("shop/catalog/events.py", 'ordering_key="product_id"', 'ordering_key=«"id"»'),
    ),
    mutation(
        "IG2102",
        "an ordering key that one member of a union has not",
        Edit(
            "shop/orders/events.py",
            '"order-ends")',
            '"order-ends", ordering_key=«"reason"»)',
        ),
    ),
)

SUBSCRIPTIONS: tuple[Mutation, ...] = (
    mutation(
        "IG2201",
        "a payload's class instead of its topic",
        Edit(
            "shop/emails/handlers.py",
            "@emails.subscribe(signups,",
            "@emails.subscribe(«Signup»,",
        ),
    ),
    mutation(
        "IG2201",
        "a database instead of a topic",
        Edit("shop/reports.py", "subscribe(activities,", "subscribe(«warehouse»,"),
    ),
    mutation(
        "IG2201",
        "a topic by its name",
        Edit("shop/reports.py", "subscribe(price_changes,", 'subscribe(«"price-changes"»,'),
    ),
    mutation(
        "IG2202",
        "a bucket as an inbox",
        Edit("shop/shipping/api.py", "inbox=db", "inbox=«label_files»"),
        Edit(
            "shop/shipping/api.py",
            "from shop.shipping.warehouse import Warehouse, labels",
            "from shop.shipping.warehouse import Warehouse, label_files, labels",
        ),
    ),
    mutation(
        "IG2202",
        "an inbox by its name",
        Edit("shop/payments/requests.py", "inbox=db", 'inbox=«"payments"»'),
    ),
    mutation(
        "IG2203",
        "a handler without a parameter",
        Edit("shop/emails/handlers.py", "def remind(reminder: Reminder)", "def «remind»()"),
        Edit(
            "shop/emails/handlers.py",
            "    letter = letters.reminder(reminder.account_id)\n"
            "    mailer.send(reminder.email, letter.subject, letter.text)\n",
            '    mailer.send("office@example.com", "A reminder", "was due")\n',
        ),
    ),
    mutation(
        "IG2203",
        "a handler with two parameters",
        Edit(
            "shop/reports.py",
            "async def keep_price(change: PriceChanged)",
            "async def «keep_price»(change: PriceChanged, attempt: int)",
        ),
    ),
    mutation(
        "IG2203",
        "a handler with a required keyword",
        Edit(
            "shop/reports.py",
            "async def keep_activity(activity: Activity)",
            "async def «keep_activity»(activity: Activity, *, dry: bool)",
        ),
    ),
    mutation(
        "IG2204",
        "a handler of another payload",
        Edit(
            "shop/reports.py",
            "keep_activity(activity: Activity)",
            "keep_activity(activity: «PriceChanged»)",
        ),
    ),
    mutation(
        "IG2204",
        "a message of another payload",
        Edit(
            "shop/payments/requests.py",
            "request_payment(message: Message[OrderPlaced])",
            "request_payment(message: «Message[Payment]»)",
        ),
    ),
    mutation(
        "IG2204",
        "one member of a union",
        Edit(
            "shop/shipping/api.py",
            "async def pack(event: OrderPaid | OrderCancelled)",
            "async def pack(event: «OrderPaid»)",
        ),
    ),
    mutation(
        "IG2204",
        "a standard type",
        Edit("shop/reports.py", "keep_price(change: PriceChanged)", "keep_price(change: «dict»)"),
    ),
    mutation(
        "IG2205",
        "no concurrency",
        Edit("shop/shipping/api.py", "concurrency=4", "concurrency=«0»"),
    ),
    mutation(
        "IG2205",
        "a concurrency below zero",
        Edit("shop/shipping/api.py", "concurrency=4", "concurrency=«-4»"),
    ),
    mutation(
        "IG2205",
        "no attempts",
        Edit("shop/emails/handlers.py", "max_attempts=10", "max_attempts=«0»"),
    ),
    mutation(
        "IG2205",
        "no attempts in a retry of a name",
        Edit("shop/payments/requests.py", "max_attempts=20", "max_attempts=0"),
        Edit("shop/payments/requests.py", "retry=PATIENT", "retry=«PATIENT»"),
    ),
    mutation(
        "IG2206",
        "a backoff that is above its maximum",
        Edit("shop/payments/requests.py", 'min_backoff="30s"', 'min_backoff="7h"'),
        Edit("shop/payments/requests.py", "retry=PATIENT", "retry=«PATIENT»"),
    ),
    mutation(
        "IG2206",
        "a backoff that is above the default maximum",
        Edit(
            "shop/emails/handlers.py",
            "Retry(max_attempts=10)",
            'Retry(max_attempts=10, min_backoff=«"1h"»)',
        ),
    ),
    mutation(
        "IG2206",
        "a maximum below the default backoff",
        Edit(
            "shop/emails/handlers.py",
            "Retry(max_attempts=10)",
            'Retry(max_attempts=10, max_backoff=«"1s"»)',
        ),
    ),
    mutation(
        "IG2207",
        "a deadline below a second",
        Edit("shop/payments/requests.py", 'ack_deadline="10s"', 'ack_deadline=«"900ms"»'),
    ),
    mutation(
        "IG2207",
        "a deadline of nothing",
        Edit(
            "shop/shipping/api.py",
            "ack_deadline=timedelta(minutes=2)",
            "ack_deadline=«timedelta()»",
        ),
    ),
    mutation(
        "IG2208",
        "a filter on a field of the body",
        Edit("shop/emails/handlers.py", '{"country": BENELUX}', '{«"account_id"»: BENELUX}'),
    ),
    mutation(
        "IG2208",
        "a filter on what is no field",
        Edit("shop/emails/handlers.py", '{"country": BENELUX}', '{«"land"»: BENELUX}'),
    ),
    mutation(
        "IG2209",
        "a filter of no values",
        Edit("shop/emails/handlers.py", '{"country": BENELUX}', '{«"country"»: ()}'),
    ),
    mutation(
        "IG2210",
        "a filter without conditions",
        Edit("shop/emails/handlers.py", '{"country": BENELUX}', "«{}»"),
    ),
    mutation(
        "IG2211",
        "a filter of a text by a number",
        Edit("shop/emails/handlers.py", '{"country": BENELUX}', '{"country": («31», *BENELUX)}'),
    ),
)

HANDLERS: tuple[Mutation, ...] = (
    mutation(
        "IG2013",
        "a lambda as a handler",
        Edit("shop/emails/preview.py", "", '\nemails.cron("tick", every="1h")(«lambda: None»)\n'),
    ),
    mutation(
        "IG2013",
        "a class as a handler",
        Edit(
            "shop/emails/handlers.py",
            "",
            '\n\n@emails.cron("tick", every="1h")\nclass «Tick»:\n    """A tick."""\n',
        ),
    ),
    mutation(
        "IG2013",
        "an object as a handler",
        Edit(
            "shop/emails/mailer.py",
            "",
            '\n\n«emails.cron("tick", every="1h")»(mailer)\n',
        ),
    ),
    mutation(
        "IG2014",
        "a subscription that yields",
        Edit(
            "shop/emails/handlers.py",
            "def remind(reminder: Reminder) -> None:\n",
            "def «remind»(reminder: Reminder):\n    yield reminder\n",
        ),
    ),
    mutation(
        "IG2014",
        "a cron that yields",
        Edit(
            "shop/accounts/api.py",
            "async def purge_unverified() -> None:\n",
            "async def «purge_unverified»():\n    yield 1\n",
        ),
    ),
    mutation(
        "IG2014",
        "an endpoint that yields",
        Edit(
            "shop/reports.py",
            "async def sales(since: date) -> int:\n",
            "async def «sales»(since: date):\n    yield 1\n",
        ),
    ),
)

MESSAGING: tuple[Mutation, ...] = (*TOPICS, *SUBSCRIPTIONS, *HANDLERS)
