from app.print.service import printing
from app.shared import copy, signed


@printing.cron("reprint", schedule="30 4 * * 1")
async def reprint() -> None:
    await copy("original", signed("copy"))
