"""Mistakes in endpoints, services, auth handlers, hooks and mounts."""

from tests.mutations.mutation import Edit, Mutation, mutation

ENDPOINTS: tuple[Mutation, ...] = (
    mutation(
        "IG2301",
        "a path without its slash",
        Edit("shop/orders/api.py", '"/orders/expire"', '«"orders/expire"»'),
    ),
    mutation(
        "IG2301",
        "a path with an empty part",
        Edit("shop/orders/api.py", '"/orders/expire"', '«"/orders//expire"»'),
    ),
    mutation(
        "IG2301",
        "a path with a query",
        Edit("shop/orders/api.py", '"/orders/expire"', '«"/orders/expire?now=1"»'),
    ),
    mutation(
        "IG2301",
        "a bracket that is not closed",
        Edit("shop/accounts/api.py", '"/accounts/{account_id}"', '«"/accounts/{account_id"»'),
    ),
    mutation(
        "IG2301",
        "a converter of another framework",
        Edit("shop/accounts/api.py", '"/accounts/{account_id}"', '«"/accounts/{account_id:uuid}"»'),
    ),
    mutation(
        "IG2301",
        "a parameter in angle brackets is a plain name",
        Edit("shop/accounts/api.py", '"/accounts/{account_id}"', '«"/accounts/{}"»'),
    ),
    mutation(
        "IG2301",
        "a rest that is not last",
        Edit(
            "shop/reports.py", '"/reports/uploads/{rest:path}"', '«"/reports/{rest:path}/uploads"»'
        ),
    ),
    mutation(
        "IG2302",
        "one parameter twice",
        Edit(
            "shop/catalog/api.py",
            '"/products/{product_id}/price"',
            '«"/products/{product_id}/price/{product_id}"»',
        ),
    ),
    mutation(
        "IG2303",
        "a path parameter that the function lacks",
        Edit("shop/accounts/api.py", '"/session"', '«"/session/{session_id}"»'),
    ),
    mutation(
        "IG2303",
        "a path parameter under another name",
        Edit("shop/accounts/api.py", '"/accounts/{account_id}"', '«"/accounts/{id}"»'),
    ),
    mutation(
        "IG2304",
        "a structure in the path",
        Edit(
            "shop/accounts/api.py",
            "async def get_account(account_id: UUID)",
            "async def get_account(account_id: «Account»)",
        ),
    ),
    mutation(
        "IG2304",
        "a list in the path",
        Edit(
            "shop/catalog/photos.py",
            "async def list_photos(product_id: UUID)",
            "async def list_photos(product_id: «list[UUID]»)",
        ),
    ),
    mutation(
        "IG2304",
        "a number in the rest of a path",
        Edit("shop/catalog/photos.py", "remove_photo(key: str)", "remove_photo(key: «int»)"),
    ),
    mutation(
        "IG2305",
        "two bodies",
        Edit(
            "shop/accounts/api.py",
            "async def set_address(address: Address)",
            "async def set_address(address: Address, «account: Account»)",
        ),
    ),
    mutation(
        "IG2305",
        "a body of a GET",
        Edit(
            "shop/accounts/api.py",
            "async def whose_session(session",
            "async def whose_session(«address: Address», session",
        ),
    ),
    mutation(
        "IG2305",
        "any number of values",
        Edit("shop/reports.py", "sales(since: date)", "sales(since: date, **«others: str»)"),
    ),
    mutation(
        "IG2305",
        "a header that is structured",
        Edit(
            "shop/orders/placing.py",
            "idempotency_key: Header[str]",
            "«idempotency_key: Header[Money]»",
        ),
    ),
    mutation(
        "IG2305",
        "a message, which endpoints never receive",
        Edit(
            "shop/accounts/api.py",
            "async def set_address(address: Address)",
            "async def set_address(address: Address, «message: Message[Reminder]»)",
        ),
        Edit(
            "shop/accounts/api.py",
            "from infragraph import AlreadyExists, Cookie, InvalidArgument, NotFound",
            "from infragraph import AlreadyExists, Cookie, InvalidArgument, Message, NotFound",
        ),
    ),
    mutation(
        "IG2306",
        "a parameter without a type",
        Edit("shop/reports.py", "sales(since: date)", "sales(«since»)"),
    ),
    mutation(
        "IG2306",
        "a path parameter without a type",
        Edit(
            "shop/accounts/api.py",
            "async def get_account(account_id: UUID)",
            "async def get_account(«account_id»)",
        ),
    ),
    mutation(
        "IG2307",
        "the path of another service",
        Edit("shop/shipping/api.py", '"/scans"', '«"/signup"»'),
    ),
    mutation(
        "IG2307",
        "a path that differs in the name of its parameter",
        Edit(
            "shop/orders/api.py",
            '@orders.get("/orders/{order_id}", access="auth")',
            '@orders.get(«"/accounts/{order_id}"», access="auth")',
        ),
    ),
    mutation(
        "IG2308",
        "a raw endpoint with two parameters",
        Edit(
            "shop/shipping/api.py",
            "async def label(request: Request)",
            "async def «label»(request: Request, parcel_id: UUID)",
        ),
    ),
    mutation(
        "IG2308",
        "a raw endpoint without a parameter",
        Edit(
            "shop/payments/cards.py",
            "async def card_webhook(request: Request) -> Response:\n",
            "async def «card_webhook»() -> Response:\n    request = Request({})\n",
        ),
    ),
    mutation(
        "IG2309",
        "a socket that is posted to",
        Edit(
            "shop/shipping/api.py",
            '"GET", "/parcels/{parcel_id}/live"',
            '«"POST"», "/parcels/{parcel_id}/live"',
        ),
    ),
    mutation(
        "IG2311",
        "no time to answer",
        Edit("shop/reports.py", 'timeout="1m"', 'timeout=«"0s"»'),
    ),
    mutation(
        "IG2312",
        "a name with a blank",
        Edit("shop/catalog/photos.py", '"photo_url"', '«"photo url"»'),
    ),
    mutation(
        "IG2312",
        "an empty name of an endpoint",
        Edit("shop/catalog/photos.py", '"photo_url"', '«""»'),
    ),
)

SERVICES: tuple[Mutation, ...] = (
    mutation(
        "IG2401",
        "a second service in one package",
        Edit(
            "shop/shipping/__init__.py",
            "",
            '\nfrom infragraph import Service\n\nstore = Service("store")\n',
        ),
        Edit(
            "shop/shipping/service.py",
            'shipping = Service("shipping")',
            '«shipping = Service("shipping")»',
        ),
    ),
    mutation(
        "IG2401",
        "two services in one module",
        Edit(
            "shop/reports.py",
            'reports = Service("reports")\n',
            'reports = Service("reports")\n«insights = Service("insights")»\n',
        ),
    ),
    mutation(
        "IG2402",
        "a startup hook with a parameter",
        Edit("shop/catalog/api.py", "async def warm_up()", "async def warm_up(«app: str»)"),
    ),
    mutation(
        "IG2402",
        "a shutdown hook with a parameter",
        Edit(
            "shop/emails/mailer.py",
            "def close() -> None:\n    mailer",
            "def close(«signal: int») -> None:\n    mailer",
        ),
    ),
    mutation(
        "IG2403",
        "a second auth handler",
        Edit(
            "shop/accounts/auth.py",
            "",
            "\n\n@«accounts.auth_handler»\nasync def by_key(request: Request) -> Identity:\n"
            '    raise Unauthenticated("there are no keys")\n',
        ),
    ),
    mutation(
        "IG2403",
        "a second auth handler in another service",
        Edit(
            "shop/payments/cards.py",
            "",
            "\n\n@«payments.auth_handler»\nasync def authenticate(request: Request) -> UUID:\n"
            "    return UUID(int=0)\n",
        ),
    ),
    mutation(
        "IG2404",
        "an auth handler with two parameters",
        Edit(
            "shop/accounts/auth.py",
            "async def authenticate(request: Request)",
            "async def «authenticate»(request: Request, token: str)",
        ),
    ),
    mutation(
        "IG2405",
        "an auth handler that does not say what it returns",
        Edit(
            "shop/accounts/auth.py",
            "async def authenticate(request: Request) -> Identity:",
            "async def «authenticate»(request: Request):",
        ),
    ),
    mutation(
        "IG2406",
        "an auth handler that is not async",
        Edit(
            "shop/accounts/auth.py",
            "async def authenticate(request: Request)",
            "def «authenticate»(request: Request)",
        ),
        Edit(
            "shop/accounts/auth.py",
            'row = await db.fetch_one("select role from accounts where id = $1", account_id)',
            'row = {"role": "customer"}',
        ),
        Edit("shop/accounts/auth.py", "from shop.accounts.database import db\n", ""),
    ),
    mutation(
        "IG2407",
        "a mount without its slash",
        Edit("shop/emails/preview.py", '"/preview"', '«"preview"»'),
    ),
    mutation(
        "IG2408",
        "a mount below another",
        Edit("shop/emails/preview.py", "", 'emails.mount(«"/preview/letters"», preview)\n'),
    ),
    mutation(
        "IG2408",
        "a mount above that of another service",
        Edit(
            "shop/orders/placing.py",
            "",
            "\n\nfrom starlette.applications import Starlette\n\nbasket = Starlette()\n"
            'orders.mount(«"/preview"», basket)\n',
        ),
    ),
    mutation(
        "IG2310",
        "the auth handler is a function like others",
        Edit("shop/accounts/auth.py", "@accounts.auth_handler\n", ""),
        Edit(
            "shop/accounts/api.py",
            '"/me/address", access="auth"',
            '"/me/address", access=«"auth"»',
        ),
    ),
)

HTTP: tuple[Mutation, ...] = (*ENDPOINTS, *SERVICES)
