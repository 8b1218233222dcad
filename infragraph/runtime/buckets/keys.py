"""Keys of objects, and how long a URL may be good."""

from infragraph.runtime.quantities import seconds
from infragraph.sdk.errors import InvalidArgument, NotFound
from infragraph.sdk.quantities import Duration

_LONGEST_KEY = 1024
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html and
# https://cloud.google.com/storage/docs/access-control/signed-urls (read 2026-11-25)
_LONGEST_SECONDS = 7 * 86400


class StoreError(Exception):
    """A bucket could not do what was asked of it."""


def checked(key: str) -> str:
    """The key.

    Raises:
        InvalidArgument: no cloud has such a key.
    """
    if not key or len(key.encode(errors="surrogatepass")) > _LONGEST_KEY:
        message = f"an object's key has 1 to {_LONGEST_KEY} bytes"
        raise InvalidArgument(message)
    return key


def lifetime(expires: Duration) -> int:
    """For how many seconds a URL is good.

    Raises:
        InvalidArgument: it is longer than any cloud signs for.
    """
    given = int(seconds(expires))
    if not 1 <= given <= _LONGEST_SECONDS:
        message = "a signed URL is good for a second to seven days"
        raise InvalidArgument(message)
    return given


def refused(bucket: str, doing: str, error: Exception) -> StoreError:
    """What whoever asks is told where the cloud refused, or did not answer."""
    return StoreError(f"bucket {bucket!r} refused {doing}: {error}")


def missing(bucket: str, key: str) -> NotFound:
    """What whoever asks for an object is told where there is none."""
    return NotFound(f"bucket {bucket!r} has no object {key!r}")
