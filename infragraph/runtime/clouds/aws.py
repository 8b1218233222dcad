"""Calls to AWS that wait without a thread: botocore knows services and signs, httpx carries.

A worker waits for messages most of the time. A thread that waits cannot be interrupted, and what it
is then handed is lost until its deadline; a request of httpx ends when its task is cancelled.
"""

import asyncio
import random
from collections.abc import Mapping
from typing import Any, cast

import httpx
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.session import Session

_TRY_SECONDS = 5.0
_BETWEEN_SECONDS = 0.1
_LONGEST_BETWEEN = 2.0
_CONNECTIONS = 16
_SERVER_ERROR = 500
# botocore renews what a role has minutes before it ends.
_FROZEN_SECONDS = 60.0
_PASSING = frozenset(
    {"RequestThrottled", "Throttling", "ThrottlingException", "ThrottledException"}
)
# A failure to connect sent nothing; other failures of transport may have been heard.
_UNHEARD = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class AwsError(Exception):
    """AWS refused, or did not answer in time; `code` is AWS's own, empty where none came."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.code = code


class AwsService:
    """One service of AWS in one region, found and signed for as botocore is configured.

    So credentials come from the task's role, and a variable such as AWS_ENDPOINT_URL is heeded.
    """

    def __init__(self, name: str, region: str) -> None:
        session = Session()
        try:
            client: Any = cast("Any", session).create_client(name, region_name=region)
        except BotoCoreError as error:
            message = f"{name} of AWS cannot be asked: {error}"
            raise AwsError(message) from error
        model = client.meta.service_model
        self._name = name
        self._region = region
        self._endpoint = str(client.meta.endpoint_url)
        self._found: Any = _credentials(session)
        self._frozen: Any = None
        self._frozen_until = 0.0
        self._model = model
        self._serializer: Any = cast("Any", create_serializer)(model.metadata["protocol"])
        self._parser: Any = cast("Any", create_parser)(model.metadata["protocol"])
        self._client = httpx.AsyncClient(
            limits=httpx.Limits(max_connections=_CONNECTIONS), timeout=_TRY_SECONDS
        )
        # What waits holds its connection, and others must not wait for that.
        self._waiting = httpx.AsyncClient(limits=httpx.Limits(max_connections=None))

    async def close(self) -> None:
        await self._client.aclose()
        await self._waiting.aclose()

    async def call(
        self,
        operation: str,
        given: Mapping[str, Any],
        *,
        seconds: float = 10.0,
        wait: float = 0.0,
        is_repeatable: bool = True,
    ) -> Mapping[str, Any]:
        """What AWS answers; `wait` is how long it may take, as when it waits for messages.

        For `seconds` it is tried again after what passes; not where it may have been heard and
        `is_repeatable` is False.

        Raises:
            AwsError: it refused, or did not answer in time.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        pause = _BETWEEN_SECONDS
        while True:
            try:
                return await self._once(operation, given, wait)
            except httpx.HTTPError as error:
                may_repeat = is_repeatable or isinstance(error, _UNHEARD)
                failure = AwsError(f"{self._name} does not answer: {_said(error)}")
                failure.__cause__ = error
            except _PassingError as error:
                may_repeat = True
                failure = AwsError(str(error), error.code)
            if not may_repeat or loop.time() + pause > end:
                raise failure
            await asyncio.sleep(pause * random.random())  # noqa: S311 - jitter
            pause = min(pause * 2, _LONGEST_BETWEEN)

    async def _once(
        self, operation: str, given: Mapping[str, Any], wait: float
    ) -> Mapping[str, Any]:
        model = self._model.operation_model(operation)
        written = self._serializer.serialize_to_request(dict(given), model)
        request = await self._signed(written)
        response = await (self._waiting if wait else self._client).request(
            str(request.method),
            str(request.url),
            content=request.data,
            headers=dict(request.headers.items()),
            timeout=_TRY_SECONDS + wait,
        )
        parsed: Mapping[str, Any] = self._parser.parse(
            {
                "status_code": response.status_code,
                "headers": response.headers,
                "body": response.content,
            },
            model.output_shape,
        )
        if response.is_success:
            return parsed
        error = parsed.get("Error", {})
        code, text = str(error.get("Code", "")), str(error.get("Message", ""))
        said = f"{operation} was refused: {code or response.status_code} {text}".rstrip()
        if response.status_code >= _SERVER_ERROR or code in _PASSING:
            raise _PassingError(said, code)
        raise AwsError(said, code)

    async def _signed(self, written: Mapping[str, Any]) -> AWSRequest:
        body = written["body"]
        request = AWSRequest(
            method=written["method"],
            url=self._endpoint.rstrip("/") + written["url_path"],
            data=body if isinstance(body, bytes) else _form(body),
            headers=dict(written["headers"]),
        )
        frozen = await self._credentials_now()
        cast("Any", SigV4Auth)(frozen, self._name, self._region).add_auth(request)
        return request

    async def _credentials_now(self) -> Any:
        """Those of a role change, and are asked for on the network then."""
        now = asyncio.get_running_loop().time()
        if now >= self._frozen_until:
            try:
                self._frozen = await asyncio.to_thread(self._found.get_frozen_credentials)
            except BotoCoreError as error:
                message = f"there are no fresh credentials for AWS: {error}"
                raise AwsError(message) from error
            self._frozen_until = now + _FROZEN_SECONDS
        return self._frozen


class _PassingError(AwsError):
    """It may do when asked again."""


def _credentials(session: Session) -> Any:
    found = cast("Any", session).get_credentials()
    if found is None:
        message = "there are no credentials for AWS: give the task a role, or set AWS_PROFILE"
        raise AwsError(message)
    return found


def _form(fields: Mapping[str, Any]) -> bytes:
    return str(httpx.QueryParams(dict(fields))).encode()


def _said(error: Exception) -> str:
    """Some of the client's errors have no text."""
    return str(error) or type(error).__name__
