"""Mistakes in databases and their migrations, and in secrets."""

from tests.mutations.mutation import Added, Edit, Moved, Mutation, Removed, mutation

ACCOUNTS = "shop/accounts/migrations"
CATALOG = "shop/catalog/migrations"
ADDRESSES = f"{ACCOUNTS}/0002_create_addresses.up.sql"
TAGS = f"{CATALOG}/0002_add_tags.up.sql"
COLUMN = "alter table products add column tags text[] not null default '{}';"


def _third(title: str, code: str, sql: str, *, contract: str = "") -> Mutation:
    """One more migration of the accounts."""
    return mutation(code, title, Added(f"{ACCOUNTS}/0003_change.up.sql", f"{contract}{sql}\n"))


DATABASES: tuple[Mutation, ...] = (
    mutation(
        "IG2601",
        "a misspelt folder",
        Edit("shop/catalog/database.py", '"migrations"', '«"migration"»'),
    ),
    mutation(
        "IG2601",
        "a folder that is not there",
        Edit("shop/payments/database.py", 'SQLDatabase("payments")', '«SQLDatabase("payments")»'),
        Removed("shop/payments/migrations"),
    ),
    mutation(
        "IG2602",
        "a folder above the application",
        Edit("shop/catalog/database.py", '"migrations"', '«"../../../migrations"»'),
    ),
    mutation(
        "IG2602",
        "an absolute folder",
        Edit("shop/catalog/database.py", '"migrations"', '«"/srv/migrations"»'),
    ),
    mutation(
        "IG2603",
        "a name without its direction",
        Added(f"{ACCOUNTS}/0003_add_phone.sql", "«»alter table accounts add column phone text;\n"),
    ),
    mutation(
        "IG2603",
        "a name with three digits",
        Added(f"{ACCOUNTS}/003_phone.up.sql", "«»alter table accounts add column phone text;\n"),
    ),
    mutation(
        "IG2603",
        "a name with hyphens",
        Added(
            f"{ACCOUNTS}/0003-add-phone.up.sql", "«»alter table accounts add column phone text;\n"
        ),
    ),
    mutation(
        "IG2604",
        "a number that is taken",
        Added(f"{ACCOUNTS}/0002_phone.up.sql", "«»alter table accounts add column phone text;\n"),
    ),
    mutation(
        "IG2605",
        "a number that is left out",
        Added(f"{ACCOUNTS}/0004_phone.up.sql", "«»alter table accounts add column phone text;\n"),
    ),
    mutation(
        "IG2605",
        "a first number that is not one",
        Moved(
            "shop/shipping/migrations/0001_create_parcels.up.sql",
            "shop/shipping/migrations/0002_create_parcels.up.sql",
        ),
        Edit(
            "shop/shipping/migrations/0002_create_parcels.up.sql",
            "create table parcels",
            "«»create table parcels",
        ),
    ),
    mutation(
        "IG2606",
        "a way back from nothing",
        Added(f"{ACCOUNTS}/0002_addresses.down.sql", "«»drop table addresses;\n"),
    ),
    mutation(
        "IG2607",
        "two files joined",
        Edit(ADDRESSES, "", "«\N{ZERO WIDTH NO-BREAK SPACE}»drop table if exists old;\n"),
    ),
    mutation("IG2608", "a misspelt verb", Edit(ADDRESSES, "create table", "«creat» table")),
    mutation(
        "IG2608",
        "a bracket that is not closed in SQL",
        Edit(ADDRESSES, "create table addresses (", "create table addresses «(»"),
        Edit(ADDRESSES, "    country text not null\n);", "    country text not null\n;"),
    ),
    mutation(
        "IG2608",
        "a comma before the end",
        Edit(ADDRESSES, "    country text not null\n);", "    country text not null,\n«)»;"),
    ),
    mutation(
        "IG2609", "a migration of comments", Added(f"{ACCOUNTS}/0003_phone.up.sql", "«»-- later\n")
    ),
    _third("a table that is dropped", "IG2610", "drop table «addresses»;"),
    _third("a column that is dropped", "IG2610", "alter table accounts «drop column country»;"),
    _third("a table that is renamed", "IG2610", "alter table addresses «rename to places»;"),
    _third(
        "a column that is renamed",
        "IG2610",
        "alter table accounts «rename column country to land»;",
    ),
    _third(
        "a column without a default",
        "IG2610",
        "alter table accounts «add column phone text not null»;",
    ),
    _third(
        "a column that may no longer be null",
        "IG2610",
        "alter table accounts «alter column verified_at set not null»;",
    ),
    _third(
        "a type that changes",
        "IG2610",
        "alter table accounts «alter column country type char(2)»;",
    ),
    mutation(
        "IG2611",
        "a library's database that is shared with nobody",
        Edit(
            "shop/shared/idempotency.py",
            'keys = SQLDatabase("idempotency", shared_with=("orders", "payments"))',
            'keys = «SQLDatabase("idempotency")»',
        ),
    ),
    mutation(
        "IG2801",
        "a secret in lower case",
        Edit("shop/emails/mailer.py", '"SMTP_PASSWORD"', '«"smtp_password"»'),
    ),
    mutation(
        "IG2801",
        "a secret with a hyphen",
        Edit("shop/payments/cards.py", '"CARD_WEBHOOK_KEY"', '«"CARD-WEBHOOK-KEY"»'),
    ),
    mutation("IG2801", "an empty secret", Edit("shop/shared/links.py", '"LINK_KEY"', '«""»')),
)
