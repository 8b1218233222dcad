"""Mistakes that only the graph as a whole shows."""

from tests.mutations.mutation import Added, Edit, Mutation, mutation

TICK = '\n\n@{service}.cron("{name}", every="1h")\nasync def tick() -> None:\n    {body}\n'

DUPLICATES: tuple[Mutation, ...] = (
    mutation(
        "IG3001",
        "two services of one name",
        Added(
            "shop/returns/__init__.py",
            'from infragraph import Service\n\nreturns = Service("shipping")\n',
        ),
        Edit("shop/shipping/service.py", '"shipping"', '«"shipping"»'),
    ),
    mutation(
        "IG3001",
        "two topics of one name",
        Edit("shop/payments/events.py", '"bank-transfers"', '"activities"'),
        Edit("shop/shared/activity.py", '"activities"', '«"activities"»'),
    ),
    mutation(
        "IG3001",
        "two subscriptions of one name",
        Edit("shop/shipping/api.py", '"keep-status"', '«"count-arrivals"»'),
    ),
    mutation(
        "IG3001",
        "two crons of one name",
        Edit("shop/reports.py", '"export-catalog"', '«"expire-unpaid"»'),
    ),
    mutation(
        "IG3001",
        "two databases of one name",
        Edit("shop/payments/database.py", '"payments"', '«"orders"»'),
    ),
    mutation(
        "IG3001",
        "two buckets of one name",
        Edit("shop/shipping/warehouse.py", '"shipping-labels"', '«"exports"»'),
    ),
    mutation(
        "IG3001",
        "two secrets of one name",
        Edit("shop/shared/links.py", '"LINK_KEY"', '«"CARD_WEBHOOK_KEY"»'),
    ),
    mutation(
        "IG3001",
        "two endpoints of one name",
        Edit("shop/catalog/photos.py", 'name="photo_url"', 'name=«"get_product"»'),
    ),
    mutation(
        "IG3002",
        "a name that is bound again",
        Edit(
            "shop/reports.py",
            'exports = Bucket("exports")\n',
            'exports = Bucket("exports")\n«exports = Bucket("sheets")»\n',
        ),
    ),
    mutation(
        "IG3003",
        "an endpoint on another service",
        Edit(
            "shop/payments/cards.py",
            "from shop.payments import payments\n",
            "from shop.orders import orders\nfrom shop.payments import payments\n",
        ),
        Edit(
            "shop/payments/cards.py",
            "",
            '\n\n@«orders.get("/cards", access="public")»\n'
            "async def cards() -> list[str]:\n    return []\n",
        ),
    ),
    mutation(
        "IG3003",
        "a subscription on another service",
        Edit(
            "shop/reports.py",
            '@reports.subscribe(price_changes, "keep-price")',
            '@«shipping.subscribe(price_changes, "keep-price")»',
        ),
        Edit(
            "shop/reports.py",
            "from shop.shipping.events",
            "from shop.shipping.service import shipping\nfrom shop.shipping.events",
        ),
        Edit(
            "shop/reports.py",
            "    connection = await warehouse.driver_connection()\n    try:\n"
            "        record = (change.product_id, change.before.amount, change.after.amount)\n"
            '        await connection.copy_records_to_table("prices", records=[record])\n'
            "    finally:\n        await connection.close()\n",
            "    print(change)\n",
        ),
    ),
    mutation(
        "IG3003",
        "an endpoint in the library",
        Edit(
            "shop/shared/paging.py",
            "from typing import Generic, TypeVar\n",
            "from typing import Generic, TypeVar\n\nfrom shop.orders import orders\n",
        ),
        Edit(
            "shop/shared/paging.py",
            "",
            '\n\n@«orders.get("/pages", access="public")»\n'
            "async def pages() -> int:\n    return PAGE_SIZE\n",
        ),
    ),
)

LEFT_ALONE: tuple[Mutation, ...] = (
    mutation(
        "IG3101",
        "a topic without a subscription",
        Edit("shop/reports.py", '@reports.subscribe(activities, "keep-activity")\n', ""),
        Edit(
            "shop/shared/activity.py",
            'activities = Topic[Activity]("activities", retention="14d", audit=True)',
            '«activities = Topic[Activity]("activities", retention="14d", audit=True)»',
        ),
    ),
    mutation(
        "IG3102",
        "a subscription that nobody publishes to",
        Edit(
            "shop/accounts/api.py",
            "        await verification_reminders.publish(\n"
            "            Reminder(account.id, account.email),\n"
            "            outbox=tx,\n"
            "            not_before=datetime.now(UTC) + timedelta(days=1),\n"
            "        )\n",
            "",
        ),
        Edit(
            "shop/emails/handlers.py",
            '@emails.subscribe(verification_reminders, "remind")',
            '@«emails.subscribe(verification_reminders, "remind")»',
        ),
    ),
    mutation(
        "IG3103",
        "a secret that nobody reads",
        Edit("shop/emails/mailer.py", "", '\n\n«smtp_user = Secret("SMTP_USER")»\n'),
    ),
    mutation(
        "IG3103",
        "a bucket that nobody uses",
        Edit("shop/reports.py", "", '\n\n«archive = Bucket("archive")»\n'),
    ),
    mutation(
        "IG3103",
        "a database that nobody uses",
        Edit(
            "shop/orders/database.py",
            "",
            '«archive = SQLDatabase("archive", migrations=None)»\n',
        ),
    ),
    mutation(
        "IG3104",
        "an event that causes itself",
        Edit(
            "shop/reports.py",
            '        "insert into activities (kind, subject, action, at) '
            'values ($1, $2, $3, $4)",\n'
            "        activity.kind,\n        activity.subject,\n        activity.action,\n"
            "        activity.at,\n    )\n",
            '        "select 1",\n    )\n    await «activities.publish(activity)»\n',
        ),
    ),
    mutation(
        "IG3104",
        "two topics that cause each other",
        Edit(
            "shop/orders/api.py",
            "            event = OrderPaid(order_id=payment.order_id, "
            'account_id=row["account_id"])\n'
            "            await order_ends.publish(event, outbox=tx)\n",
            "            event = OrderPaid(order_id=payment.order_id, "
            'account_id=row["account_id"])\n'
            "            await «order_ends.publish(event, outbox=tx)»\n",
        ),
        Edit(
            "shop/payments/events.py",
            '    publishers=("payments",),\n',
            "",
        ),
        Edit(
            "shop/emails/handlers.py",
            "    _send(account, letters.outcome(event.order_id, _told(event)))\n",
            "    _send(account, letters.outcome(event.order_id, _told(event)))\n"
            "    await payments_received.publish(Payment(event.order_id, Money(0)))\n",
        ),
        Edit(
            "shop/emails/handlers.py",
            "from shop.orders.events",
            "from shop.payments.events import Payment, payments_received\n"
            "from shop.shared.money import Money\nfrom shop.orders.events",
        ),
    ),
    mutation(
        "IG3105",
        "a publish without its outbox",
        Edit(
            "shop/accounts/api.py",
            "        await signups.publish(Signup(account, account.country), outbox=tx)\n",
            "        await «signups.publish(Signup(account, account.country))»\n",
        ),
    ),
    mutation(
        "IG3105",
        "a publish after the transaction",
        Edit(
            "shop/payments/cards.py",
            "        await payments_received.publish(payment, outbox=tx)\n",
            "    await «payments_received.publish(payment)»\n",
        ),
    ),
    mutation(
        "IG3105",
        "a publish after a plain statement",
        Edit(
            "shop/accounts/api.py",
            '    await db.execute("update accounts set verified_at = now() where id = $1", '
            "account_id)\n",
            '    await db.execute("update accounts set verified_at = now() where id = $1", '
            "account_id)\n"
            '    await «verification_reminders.publish(Reminder(account_id, ""))»\n',
        ),
    ),
)

UNTOLD: tuple[Mutation, ...] = (
    mutation(
        "IG3201",
        "a topic chosen by its name",
        Edit(
            "shop/orders/api.py",
            "from shop.orders import orders\n",
            "from shop.orders import events, orders\n",
        ),
        Edit(
            "shop/orders/api.py",
            "",
            '\n\n@orders.post("/again/{name}")\nasync def again(name: str) -> None:\n'
            "    await «getattr(events, name).publish(None)»\n",
        ),
    ),
    mutation(
        "IG3201",
        "a verb that a topic has not",
        Edit(
            "shop/shipping/api.py",
            "parcel_moves.publish_sync(ParcelMoved(scan.parcel_id, scan.status, scan.place))",
            "«parcel_moves.send(ParcelMoved(scan.parcel_id, scan.status, scan.place))»",
        ),
    ),
    mutation(
        "IG3202",
        "a use in a script of no service",
        Added(
            "shop/tools.py",
            '"""Run by hand."""\n\nfrom shop.shared.links import link_key\n\n\n'
            "def show() -> str:\n    return «link_key.get()»\n",
        ),
    ),
    mutation(
        "IG3203",
        "a comment that states a misspelt edge",
        Edit(
            "shop/payments/cards.py",
            "    event = json.loads(body)\n",
            "    event = json.loads(body)  «# infragraph: uses[reads secret:CARD_KEY]»\n",
        ),
    ),
    mutation(
        "IG3203",
        "a comment that states an unknown relation",
        Edit(
            "shop/payments/cards.py",
            "    event = json.loads(body)\n",
            "    event = json.loads(body)  «# infragraph: uses[has secret:LINK_KEY]»\n",
        ),
    ),
    mutation(
        "IG3204",
        "a comment that states an edge of nothing",
        Edit(
            "shop/payments/cards.py",
            "",
            "\n\n«# infragraph: uses[reads secret:LINK_KEY]»\n",
        ),
    ),
)

FORBIDDEN: tuple[Mutation, ...] = (
    mutation(
        "IG3301",
        "a database that is not shared",
        Edit("shop/catalog/database.py", ', shared_with=("reports",)', ""),
        Edit(
            "shop/reports.py",
            'catalog.db.fetch("select * from products order by name")',
            '«catalog.db.fetch("select * from products order by name")»',
        ),
    ),
    mutation(
        "IG3301",
        "the database of another service",
        Edit(
            "shop/emails/handlers.py",
            "    letter = letters.reminder(reminder.account_id)\n",
            '    await «db.execute("select 1")»\n'
            "    letter = letters.reminder(reminder.account_id)\n",
        ),
        Edit("shop/emails/handlers.py", "def remind(", "async def remind("),
        Edit(
            "shop/emails/handlers.py",
            "from shop.accounts.events",
            "from shop.accounts.database import db\nfrom shop.accounts.events",
        ),
    ),
    mutation(
        "IG3301",
        "a library's database that is shared with others",
        Edit("shop/shared/idempotency.py", '("orders", "payments")', '("orders",)'),
        Edit(
            "shop/shared/idempotency.py",
            'keys.execute("insert into keys (key) values ($1) on conflict do nothing", key)',
            '«keys.execute("insert into keys (key) values ($1) on conflict do nothing", key)»',
        ),
    ),
    mutation(
        "IG3301",
        "an inbox in the database of another service",
        Edit("shop/shipping/api.py", "inbox=db", "inbox=«orders_db»"),
        Edit(
            "shop/shipping/api.py",
            "from shop.orders.events",
            "from shop.orders.database import db as orders_db\nfrom shop.orders.events",
        ),
    ),
    mutation(
        "IG3302",
        "a publisher that is not named",
        Edit("shop/accounts/events.py", 'publishers=("accounts",)', 'publishers=("orders",)'),
        Edit("shop/accounts/events.py", 'publishers=("orders",)', "publishers=()"),
        Edit(
            "shop/emails/handlers.py",
            "    letter = letters.welcome(signup.account.id)\n",
            "    letter = letters.welcome(signup.account.id)\n",
        ),
        Edit(
            "shop/reports.py",
            "    require_staff()\n    return warehouse.url\n",
            "    require_staff()\n    await «payments_received.publish(payment)»\n"
            "    return warehouse.url\n",
        ),
        Edit(
            "shop/reports.py",
            "async def connection_string()",
            "async def connection_string(payment: Payment)",
        ),
        Edit(
            "shop/reports.py",
            '@reports.get("/reports/connection"',
            '@reports.post("/reports/connection"',
        ),
        Edit(
            "shop/reports.py",
            "from shop.shared.activity",
            "from shop.payments.events import Payment, payments_received\n"
            "from shop.shared.activity",
        ),
    ),
    mutation(
        "IG3303",
        "a subscriber that is not named",
        Edit(
            "shop/orders/events.py",
            'subscribers=("emails", "payments")',
            'subscribers=("payments",)',
        ),
        Edit(
            "shop/emails/handlers.py",
            '@emails.subscribe(placed, "send-vat-invoice", filter={"country": BENELUX})',
            '@«emails.subscribe(placed, "send-vat-invoice", filter={"country": BENELUX})»',
        ),
    ),
    mutation(
        "IG3304",
        "an outbox in the database of another service",
        Edit(
            "shop/shipping/warehouse.py",
            "async with self.database.transaction() as tx:",
            "async with self.database.transaction() as tx, orders_db.transaction() as other:",
        ),
        Edit(
            "shop/shipping/warehouse.py",
            "ParcelMoved(parcel_id, Status.PACKED), outbox=tx",
            "ParcelMoved(parcel_id, Status.PACKED), «outbox=other»",
        ),
        Edit(
            "shop/shipping/warehouse.py",
            "from shop.shipping.events",
            "from shop.orders.database import db as orders_db\nfrom shop.shipping.events",
        ),
    ),
    mutation(
        "IG3305",
        "another payload",
        Edit(
            "shop/accounts/api.py",
            "signups.publish(Signup(account, account.country), outbox=tx)",
            "signups.publish(«Reminder(account.id, account.email)», outbox=tx)",
        ),
    ),
    mutation(
        "IG3305",
        "a text",
        Edit(
            "shop/payments/cards.py",
            "payments_received.publish(payment, outbox=tx)",
            'payments_received.publish(«"paid"», outbox=tx)',
        ),
    ),
    mutation(
        "IG3305",
        "a dict",
        Edit(
            "shop/orders/api.py",
            "            event = OrderPaid(order_id=payment.order_id, "
            'account_id=row["account_id"])\n'
            "            await order_ends.publish(event, outbox=tx)\n",
            '            await order_ends.publish(«{"order_id": payment.order_id}», outbox=tx)\n',
        ),
    ),
    mutation(
        "IG3305",
        "many of another payload",
        Edit(
            "shop/orders/api.py",
            "order_ends.publish_many([_expired(row) for row in rows], outbox=tx)",
            "order_ends.publish_many(«[_order(row) for row in rows]», outbox=tx)",
        ),
    ),
    mutation(
        "IG3305",
        "many where one is expected",
        Edit(
            "shop/orders/api.py",
            "order_ends.publish_many([_expired(row) for row in rows], outbox=tx)",
            "order_ends.publish(«[_expired(row) for row in rows]», outbox=tx)",
        ),
    ),
)

GRAPH: tuple[Mutation, ...] = (*DUPLICATES, *LEFT_ALONE, *UNTOLD, *FORBIDDEN)
