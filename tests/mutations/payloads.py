"""Mistakes in the types of payloads and parameters."""

from tests.mutations.mutation import Edit, Mutation, mutation

EVENTS = "shop/accounts/events.py"

PAYLOADS: tuple[Mutation, ...] = (
    mutation(
        "IG2901",
        "a field that cannot travel",
        Edit(
            EVENTS, "from uuid import UUID\n", "from threading import Lock\nfrom uuid import UUID\n"
        ),
        Edit(
            EVENTS,
            "    account_id: UUID\n    email: str\n",
            "    account_id: UUID\n    email: str\n    lock: «Lock»\n",
        ),
    ),
    mutation(
        "IG2901",
        "a plain class as a payload",
        Edit(EVENTS, 'Topic[Reminder]("', 'Topic[«Plain»]("'),
        Edit(EVENTS, "signups =", "class Plain:\n    pass\n\n\nsignups ="),
        Edit("shop/emails/handlers.py", "def remind(reminder: Reminder)", "def remind(reminder)"),
        Edit(
            "shop/accounts/api.py",
            "            Reminder(account.id, account.email),\n",
            "            Plain(),\n",
        ),
        Edit(
            "shop/accounts/api.py", "events import Reminder, Signup", "events import Plain, Signup"
        ),
    ),
    mutation(
        "IG2901",
        "a response that cannot travel",
        Edit(
            "shop/reports.py",
            "async def sales(since: date) -> int:",
            "async def sales(since: date) -> «AsyncIterator[int]»:",
        ),
    ),
    mutation(
        "IG2901",
        "a type that is both received and returned",
        Edit(
            "shop/accounts/models.py",
            "from uuid import UUID\n",
            "from threading import Lock\nfrom uuid import UUID\n",
        ),
        Edit("shop/accounts/models.py", "    street: str\n", "    street: str\n    lock: «Lock»\n"),
        Edit(
            "shop/accounts/api.py",
            "async def set_address(address: Address) -> None:",
            "async def set_address(address: Address) -> Address:",
        ),
    ),
    mutation(
        "IG2902",
        "a payload that is not defined",
        Edit(
            "shop/shipping/events.py",
            "    place: str | None = None",
            "    place: «Place» | None = None",
        ),
    ),
    mutation(
        "IG2902",
        "a topic of a type that is not defined",
        Edit(EVENTS, 'Topic[Reminder]("', 'Topic[«Remainder»]("'),
    ),
    mutation(
        "IG2902",
        "a parameter of a library that is not read",
        Edit("shop/reports.py", "sales(since: date)", "sales(since: «Arrow»)"),
        Edit(
            "shop/reports.py",
            "from infragraph import Bucket",
            "from arrow import Arrow\nfrom infragraph import Bucket",
        ),
    ),
    mutation(
        "IG2902",
        "a name that its module does not have",
        Edit(
            "shop/accounts/api.py",
            "import Account, Address, SignupRequest",
            "import Account, Address, SignUpRequest",
        ),
        Edit(
            "shop/accounts/api.py",
            "sign_up(request: SignupRequest)",
            "sign_up(request: «SignUpRequest»)",
        ),
    ),
    mutation(
        "IG2903",
        "a parameter's type that exists for checkers alone",
        Edit(
            "shop/accounts/api.py",
            "from datetime import UTC",
            "from __future__ import annotations\n\nfrom datetime import UTC",
        ),
        Edit(
            "shop/accounts/api.py",
            "from shop.accounts.models import Account, Address, SignupRequest\n",
            "from shop.accounts.models import Account, SignupRequest\n",
        ),
        Edit(
            "shop/accounts/api.py",
            "INSERT =",
            "if TYPE_CHECKING:\n    from shop.accounts.models import Address\n\nINSERT =",
        ),
        Edit(
            "shop/accounts/api.py",
            "from uuid import UUID, uuid4\n",
            "from typing import TYPE_CHECKING\nfrom uuid import UUID, uuid4\n",
        ),
        Edit(
            "shop/accounts/api.py",
            "set_address(address: Address)",
            "set_address(address: «Address»)",
        ),
    ),
    mutation(
        "IG2903",
        "a field's type that exists for checkers alone",
        Edit(
            "shop/orders/models.py",
            "from dataclasses import dataclass\n",
            "from __future__ import annotations\n\nfrom dataclasses import dataclass\n",
        ),
        Edit(
            "shop/orders/models.py",
            "from enum import Enum\nfrom uuid import UUID\n",
            "from enum import Enum\nfrom typing import TYPE_CHECKING\n\n"
            "if TYPE_CHECKING:\n    from uuid import UUID\n",
        ),
        Edit("shop/orders/models.py", "    product_id: UUID\n", "    product_id: «UUID»\n"),
        Edit("shop/orders/models.py", "    id: UUID\n", "    id: str\n"),
    ),
    mutation(
        "IG2904",
        "names that the program makes",
        Edit(
            "shop/catalog/models.py",
            "class NewPrice(BaseModel):\n",
            "def shout(name: str) -> str:\n    return f'{name}!'\n\n\n"
            "class NewPrice(BaseModel):\n    model_config = ConfigDict(alias_generator=«shout»)\n",
        ),
        Edit(
            "shop/catalog/models.py",
            "from pydantic import BaseModel, Field",
            "from pydantic import BaseModel, ConfigDict, Field",
        ),
    ),
)
