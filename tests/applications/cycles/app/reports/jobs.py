from app.orders import api
from app.reports import reports


@reports.cron("report", every="1h")
async def report() -> None:
    # What lies behind the endpoint is the endpoint's own: the database is not used from here.
    await api.get(1)
