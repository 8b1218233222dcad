from datetime import timedelta

from infragraph import Retry

from app import naming

HOURS = 6
DEADLINE = timedelta(minutes=1, seconds=30)
PATIENT = Retry(max_attempts=HOURS + 1, min_backoff="5s", max_backoff=timedelta(minutes=HOURS * 10))
KEEP = f"{HOURS // 2}d"
LIMITS = {"concurrency": 1}
FEW, MANY = 2, naming.Workers.MANY
