"""URLs by which whoever has one reads or writes one object, for as long as it says.

A cloud's store has such URLs of its own; these are for buckets in folders, and the service that
made one answers it.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from infragraph.runtime.clock import Clock
from infragraph.runtime.http.headers import INTERNAL
from infragraph.sdk.errors import InvalidArgument, PermissionDenied

PATH = f"{INTERNAL}/objects"

# As S3's: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html (read
# 2026-11-25).
_LONGEST_SECONDS = 604_800


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectUrls:
    """Made and verified by a key of the application's; `base` is where this service answers."""

    key: bytes
    clock: Clock
    base: Callable[[], str]

    def sign(self, bucket: str, key: str, method: str, seconds: float) -> str:
        """A URL for one object and method.

        Raises:
            InvalidArgument: it would be good for longer than a cloud's store allows.
        """
        if not 0 < seconds <= _LONGEST_SECONDS:
            message = "a signed URL is good for more than nothing and at most 7 days"
            raise InvalidArgument(message)
        expires = str(int(self.clock.now().timestamp() + seconds))
        signature = self._signature(bucket, key, method, expires)
        query = urlencode({"key": key, "expires": expires, "signature": signature})
        return f"{self.base()}{PATH}/{bucket}?{query}"

    def verify(self, bucket: str, key: str, method: str, *, expires: str, signature: str) -> None:
        """Nothing where the URL is one of ours, for this, and still good.

        Raises:
            PermissionDenied: it is not.
        """
        expected = self._signature(bucket, key, method, expires)
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            message = f"the URL is not signed for {method} of this object"
            raise PermissionDenied(message)
        if self.clock.now().timestamp() > int(expires):
            message = "the URL has expired"
            raise PermissionDenied(message)

    def _signature(self, bucket: str, key: str, method: str, expires: str) -> str:
        said = f"infragraph object v1\n{method}\n{bucket}\n{expires}\n{key}"
        return hmac.new(self.key, said.encode(), hashlib.sha256).hexdigest()
