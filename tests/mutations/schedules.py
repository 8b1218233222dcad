"""Mistakes in cron jobs."""

from tests.mutations.mutation import Edit, Mutation, mutation

API = "shop/accounts/api.py"
CALL = 'accounts.cron("purge-unverified", every="24h")'
EXPORT = '"30 3 * * 1-5"'


def _purge(title: str, code: str, options: str) -> Mutation:
    return mutation(code, title, Edit(API, CALL, f'accounts.cron("purge-unverified", {options})'))


def _export(title: str, code: str, schedule: str) -> Mutation:
    return mutation(code, title, Edit("shop/reports.py", EXPORT, f'«"{schedule}"»'))


CRONS: tuple[Mutation, ...] = (
    mutation("IG2501", "no time at all", Edit(API, CALL, '«accounts.cron("purge-unverified")»')),
    mutation(
        "IG2501",
        "a time zone alone",
        Edit(API, CALL, '«accounts.cron("purge-unverified", timezone="Europe/Amsterdam")»'),
    ),
    _purge("a period and a schedule", "IG2502", 'every="24h", schedule=«"0 4 * * *"»'),
    _export("four fields", "IG2503", "30 3 * *"),
    _export("six fields", "IG2503", "0 30 3 * * 1-5"),
    _export("a minute too many", "IG2503", "60 3 * * 1-5"),
    _export("an hour too many", "IG2503", "30 24 * * 1-5"),
    _export("a word", "IG2503", "30 three * * 1-5"),
    _export("an empty schedule", "IG2503", ""),
    _export("a nickname", "IG2503", "@daily"),
    _export("a range that counts down", "IG2503", "30 3 * * 5-1"),
    _export("a step of zero", "IG2503", "*/0 3 * * 1-5"),
    _export("a day that does not come", "IG2504", "30 3 30 2 *"),
    _purge("no period", "IG2505", 'every=«"0s"»'),
    _purge("no period as a timedelta", "IG2505", "every=«timedelta()»"),
    _purge("a period of seven hours", "IG2506", 'every=«"7h"»'),
    _purge("a period of more than a day", "IG2506", 'every=«"48h"»'),
    _purge("a period of seven minutes", "IG2506", "every=«timedelta(minutes=7)»"),
    mutation(
        "IG2507",
        "a misspelt time zone",
        Edit("shop/reports.py", '"Europe/Amsterdam"', '«"Europe/Amsterdm"»'),
    ),
    mutation(
        "IG2507",
        "a time zone in lower case",
        Edit("shop/reports.py", '"Europe/Amsterdam"', '«"europe/amsterdam"»'),
    ),
    _purge("a time zone of a period", "IG2508", 'every="24h", timezone=«"Europe/Amsterdam"»'),
    mutation(
        "IG2509",
        "a handler with a parameter",
        Edit(API, "async def purge_unverified()", "async def purge_unverified(«limit: int»)"),
    ),
    mutation(
        "IG2509",
        "a handler with a required keyword alone",
        Edit(API, "async def purge_unverified()", "async def purge_unverified(*, «limit: int»)"),
    ),
)
