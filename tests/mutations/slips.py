"""Mistakes as people make them, whatever finds them."""

from tests.mutations.mutation import Edit, Mutation, mutation

API = "shop/accounts/api.py"
HANDLERS = "shop/emails/handlers.py"

SLIPS: tuple[Mutation, ...] = (
    mutation(
        "IG3205",
        "a service that is not imported",
        Edit("shop/payments/cards.py", "from shop.payments import payments\n", ""),
        Edit("shop/payments/cards.py", "@payments.raw(", "@«payments».raw("),
    ),
    mutation(
        "IG2001",
        "a topic that is not imported",
        Edit("shop/reports.py", "import Activity, activities\n", "import Activity\n"),
        Edit("shop/reports.py", "subscribe(activities,", "subscribe(«activities»,"),
    ),
    mutation(
        "IG2001",
        "a misspelt topic",
        Edit("shop/reports.py", "subscribe(activities,", "subscribe(«activites»,"),
    ),
    mutation(
        "IG2001",
        "a misspelt import of a topic",
        Edit("shop/reports.py", "import Activity, activities\n", "import Activity, activites\n"),
        Edit("shop/reports.py", "subscribe(activities,", "subscribe(«activites»,"),
    ),
    mutation(
        "IG2202",
        "a topic where a database is expected",
        Edit("shop/shipping/api.py", "inbox=db", "inbox=«parcel_moves»"),
    ),
    mutation(
        "IG2201",
        "a bucket where a topic is expected",
        Edit("shop/reports.py", "subscribe(activities,", "subscribe(«exports»,"),
    ),
    mutation(
        "IG2201",
        "a service where a topic is expected",
        Edit("shop/reports.py", "subscribe(activities,", "subscribe(«reports»,"),
    ),
    mutation(
        "IG2201",
        "the module of a topic instead of it",
        Edit("shop/reports.py", "subscribe(activities,", "subscribe(«activity»,"),
        Edit(
            "shop/reports.py",
            "from shop.shared.activity import",
            "from shop.shared import activity\nfrom shop.shared.activity import",
        ),
    ),
    mutation(
        "IG2003",
        "a misspelt option that brings its own default back",
        Edit(API, 'access="public")\nasync def sign_up', '«acess»="public")\nasync def sign_up'),
    ),
    mutation(
        "IG2003",
        "a period under another name",
        Edit("shop/orders/api.py", 'every="15m"', '«interval»="15m"'),
    ),
    mutation(
        "IG2003",
        "a misspelt name of a topic",
        Edit(
            "shop/accounts/events.py",
            '("verification-reminders")',
            '(«nme»="verification-reminders")',
        ),
    ),
    mutation(
        "IG2003",
        "a library's database with a misspelt option",
        Edit("shop/shared/idempotency.py", "shared_with=", "«sharedwith»="),
    ),
    mutation(
        "IG2003",
        "a misspelt external",
        Edit("shop/payments/events.py", "external=True", "«extern»=True"),
    ),
    mutation(
        "IG2001",
        "a misspelt constant",
        Edit(HANDLERS, '{"country": BENELUX}', '{"country": «BENELX»}'),
    ),
    mutation(
        "IG2002",
        "a name without its quotes is a function",
        Edit(API, 'accounts.cron("purge-unverified"', "accounts.cron(«verify»"),
    ),
    mutation(
        "IG3001",
        "a handler copied with its decorator",
        Edit(
            "shop/reports.py",
            "",
            '\n\n@reports.cron(«"export-catalog"», every="1h")\nasync def export_again() -> None:\n'
            "    await export_catalog()\n",
        ),
    ),
    mutation(
        "IG2307",
        "an endpoint decorated twice alike",
        Edit(
            "shop/orders/api.py",
            '@orders.post("/orders/expire")\n',
            '@orders.post("/orders/expire", name="again")\n@orders.post(«"/orders/expire"»)\n',
        ),
    ),
    mutation(
        "IG3001",
        "an endpoint under two paths and one name",
        Edit(
            "shop/orders/api.py",
            '@orders.post("/orders/expire")\n',
            '@orders.post("/orders/expire")\n@orders.post("/orders/lapse")\n',
        ),
        Edit("shop/orders/api.py", "async def expire_unpaid()", "async def «expire_unpaid»()"),
    ),
    mutation(
        "IG2204",
        "a handler copied with its parameter",
        Edit(
            HANDLERS,
            "async def send_vat_invoice(order: OrderPlaced)",
            "async def send_vat_invoice(order: «Signup»)",
        ),
    ),
    mutation(
        "IG2204",
        "a handler of the message's id",
        Edit(HANDLERS, "def remind(reminder: Reminder)", "def remind(reminder: «str»)"),
    ),
    mutation(
        "IG2902",
        "a payload whose import was forgotten",
        Edit(HANDLERS, "import Reminder, Signup, signups", "import Reminder, signups"),
        Edit(
            HANDLERS,
            "def send_welcome_email(signup: Signup)",
            "def send_welcome_email(signup: «Signup»)",
        ),
    ),
    mutation(
        "IG2102",
        "an ordering key in camel case",
        Edit("shop/payments/events.py", 'ordering_key="order_id"', 'ordering_key=«"orderId"»'),
    ),
    mutation(
        "IG3305",
        "a tuple",
        Edit(API, "Reminder(account.id, account.email)", "«(account.id, account.email)»"),
    ),
    mutation(
        "IG3305",
        "the class instead of an object",
        Edit(API, "Reminder(account.id, account.email)", "«Reminder»"),
    ),
    mutation(
        "IG3305",
        "a part of the payload",
        Edit(
            API,
            "signups.publish(Signup(account, account.country), outbox=tx)",
            "signups.publish(«account», outbox=tx)",
        ),
    ),
    mutation(
        "IG3305",
        "nothing",
        Edit(
            API,
            "signups.publish(Signup(account, account.country), outbox=tx)",
            "signups.publish(«None», outbox=tx)",
        ),
    ),
    mutation(
        "IG2012",
        "a subscription registered in a loop",
        Edit(
            HANDLERS,
            '@emails.subscribe(order_ends, "tell-outcome")\n',
            "",
        ),
        Edit(
            HANDLERS,
            "",
            "\n\nfor topic in (order_ends,):\n"
            '    «emails.subscribe(topic, "tell-outcome")»(tell_outcome)\n',
        ),
    ),
    mutation(
        "IG2007",
        "options spread from a dict that is loaded",
        Edit(
            "shop/shared/activity.py",
            'Topic[Activity]("activities", retention="14d", audit=True)',
            '«Topic[Activity]("activities", **json.loads("{}"))»',
        ),
        Edit("shop/shared/activity.py", "from dataclasses", "import json\nfrom dataclasses"),
    ),
    mutation(
        "IG3202",
        "a function of the library that nobody calls",
        Edit(
            "shop/shared/activity.py",
            "",
            "\n\nasync def changed(activity: Activity, tx: Transaction) -> None:\n"
            "    await «activities.publish(activity, outbox=tx)»\n",
        ),
    ),
    mutation(
        "IG3102",
        "the only publish is gone",
        Edit("shop/catalog/api.py", "        await price_changes.publish(change, outbox=tx)\n", ""),
        Edit(
            "shop/reports.py",
            '@reports.subscribe(price_changes, "keep-price")',
            '@«reports.subscribe(price_changes, "keep-price")»',
        ),
    ),
    mutation(
        "IG2201",
        "arguments the wrong way round",
        Edit(
            HANDLERS,
            '@emails.subscribe(verification_reminders, "remind")',
            '@emails.subscribe(«"remind"», verification_reminders)',
        ),
    ),
    mutation(
        "IG2002",
        "a retry's class",
        Edit(HANDLERS, "retry=Retry(max_attempts=10)", "retry=«Retry»"),
    ),
    mutation(
        "IG2305",
        "a body of a DELETE",
        Edit(API, "async def close_account()", "async def close_account(«address: Address»)"),
    ),
    mutation(
        "IG2014",
        "a startup hook in the form of a lifespan",
        Edit(
            "shop/catalog/api.py",
            "async def warm_up() -> None:\n",
            "async def «warm_up»():\n    yield\n",
        ),
    ),
    mutation(
        "IG2014",
        "an auth handler that yields",
        Edit(
            "shop/accounts/auth.py",
            "async def authenticate(request: Request) -> Identity:\n",
            "async def «authenticate»(request: Request) -> Identity:\n    yield\n",
        ),
    ),
    mutation(
        "IG2014",
        "a raw endpoint that streams",
        Edit(
            "shop/shipping/api.py",
            "async def label(request: Request) -> Response:\n",
            "async def «label»(request: Request) -> Response:\n    yield b''\n",
        ),
    ),
    mutation(
        "IG2801",
        "a secret with its value in the name",
        Edit("shop/emails/mailer.py", '"SMTP_PASSWORD"', '«"SMTP_PASSWORD=1234"»'),
    ),
    mutation(
        "IG3304",
        "the database of another service imported",
        Edit(
            "shop/orders/placing.py",
            "from shop.orders.database import db",
            "from shop.catalog.database import db",
        ),
        Edit(
            "shop/orders/placing.py",
            "placed.publish(event, outbox=tx)",
            "placed.publish(event, «outbox=tx»)",
        ),
    ),
    mutation(
        "IG3205",
        "a service with handlers that is not imported",
        Edit(
            HANDLERS,
            "from shop.emails import emails, letters\n",
            "from shop.emails import letters\n",
        ),
        Edit(HANDLERS, "@emails.subscribe(signups", "@«emails».subscribe(signups"),
    ),
    mutation(
        "IG3205",
        "a misspelt service",
        Edit(
            "shop/orders/api.py",
            '@orders.get("/orders", access="auth")',
            '@«order».get("/orders", access="auth")',
        ),
    ),
    mutation(
        "IG3205",
        "a misspelt import of a service",
        Edit(
            HANDLERS,
            "from shop.emails import emails, letters\n",
            "from shop.emails import email, letters\n",
        ),
        Edit(HANDLERS, "@emails.subscribe(signups", "@«email».subscribe(signups"),
        Edit(
            HANDLERS,
            "@emails.subscribe(verification_reminders",
            "@email.subscribe(verification_reminders",
        ),
        Edit(HANDLERS, "@emails.subscribe(placed", "@email.subscribe(placed"),
        Edit(HANDLERS, "@emails.subscribe(order_ends", "@email.subscribe(order_ends"),
    ),
    mutation(
        "IG3205",
        "a misspelt topic that is published to",
        Edit(API, "await signups.publish(", "await «signup».publish("),
    ),
    mutation(
        "IG3205",
        "a topic that is published to and not imported",
        Edit(
            "shop/catalog/api.py", "import PriceChanged, price_changes\n", "import PriceChanged\n"
        ),
        Edit("shop/catalog/api.py", "price_changes.publish", "«price_changes».publish"),
    ),
    mutation(
        "IG3205",
        "a database that is not imported",
        Edit("shop/orders/placing.py", "from shop.orders.database import db\n", ""),
        Edit(
            "shop/orders/placing.py", "async with db.transaction()", "async with «db».transaction()"
        ),
    ),
)
