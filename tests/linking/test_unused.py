"""What nothing uses, and what is not said of a declaration that has another fault."""

from tests.compiling import diagnostics


def test_a_declaration_with_an_error_is_not_said_to_be_unused() -> None:
    slugs = [
        found.slug
        for found in diagnostics(
            {
                "shop.py": "from infragraph import Bucket, Secret, Service, Topic\n"
                "shop = Service('shop')\n"
                "key = Secret('stripe-key')\n"
                "files = Bucket('files', public='yes')\n"
                "orders = Topic[str]('orders', retention='soon')\n"
                "@shop.subscribe(orders, 'ship', concurrency=0)\n"
                "async def ship(order: str) -> None: ...\n"
            }
        )
    ]

    assert slugs == [
        "secret-name-malformed",
        "argument-of-wrong-type",
        "duration-malformed",
        "number-below-one",
    ]
