"""Mistakes in files and modules as such."""

from tests.mutations.mutation import Added, Edit, Mutation, mutation

FILES: tuple[Mutation, ...] = (
    mutation(
        "IG1001",
        "a bracket that is not closed",
        Edit("shop/accounts/sessions.py", 'Secret("SESSION_KEY")', 'Secret«(»"SESSION_KEY"'),
    ),
    mutation(
        "IG1001",
        "a function cut off in a service of one module",
        Edit("shop/reports.py", "", "\n\ndef «(»:\n"),
    ),
    mutation(
        "IG1001",
        "a broken file that declares a service",
        Edit("shop/orders/__init__.py", "", "def «(»:\n"),
    ),
    mutation(
        "IG1001",
        "a broken file that declares topics",
        Edit("shop/orders/events.py", "", "def «(»:\n"),
    ),
    mutation(
        "IG1001",
        "a broken file of payloads",
        Edit("shop/accounts/models.py", "", "def «(»:\n"),
    ),
    mutation(
        "IG1001",
        "a broken file with the auth handler",
        Edit("shop/accounts/auth.py", "", "def «(»:\n"),
    ),
    mutation(
        "IG1001",
        "a broken file with handlers",
        Edit("shop/emails/handlers.py", "", "def «(»:\n"),
    ),
    mutation(
        "IG1001",
        "a broken file with a database",
        Edit("shop/payments/database.py", "", "def «(»:\n"),
    ),
    mutation(
        "IG1001", "a new file that nobody imports", Added("shop/orders/later.py", "def «(»:\n")
    ),
    mutation(
        "IG1002",
        "an encoding that is not read",
        Edit(
            "shop/emails/letters.py",
            '"""What the letters say."""',
            '«# coding: utf-7»\n"""What the letters say."""',
        ),
    ),
    mutation(
        "IG1003",
        "brackets nested too deep",
        Edit("shop/shared/paging.py", "PAGE_SIZE = 20", f"PAGE_SIZE = {'(' * 200}«(»20{')' * 201}"),
    ),
    mutation(
        "IG1004",
        "an expression too long for the parser",
        Edit("shop/shared/paging.py", "PAGE_SIZE = 20", f"«PAGE_SIZE = {'-' * 5000}20»"),
    ),
    mutation(
        "IG1103",
        "a module beside a package of its name",
        Added("shop/orders.py", "«»"),
    ),
    mutation(
        "IG1104",
        "a copy of a package in another folder of roots",
        Edit("infragraph.yaml", "application: shop\n", "application: shop\nroots: [., tools]\n"),
        Added("tools/shop/__init__.py", "«»"),
    ),
    mutation(
        "IG1201",
        "an import with too many dots",
        Edit(
            "shop/shared/links.py",
            "import hmac\n",
            "import hmac\n\n«from ...settings import DEBUG»\n",
        ),
    ),
)
