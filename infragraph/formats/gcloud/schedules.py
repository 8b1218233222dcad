"""Schedules of Cloud Scheduler."""

from collections.abc import Iterator

from infragraph.formats.gcloud.fields import Fields, Unsaid
from infragraph.formats.gcloud.steps import Action, Command, Ensure, flags
from infragraph.formats.gcloud.things import Thing


def schedule(it: Thing) -> Iterator[Action]:
    """Schedules have no labels."""
    spec = it.spec
    named = (it.name, *flags(("location", spec.needed("location"))), it.in_project)
    retry = spec.fields("retryConfig")
    settings = (
        *flags(
            ("schedule", spec.text("schedule")),
            ("time-zone", spec.text("timeZone")),
            ("attempt-deadline", spec.text("attemptDeadline")),
            ("description", spec.text("description")),
            ("max-retry-attempts", retry.text("retryCount")),
            ("min-backoff", retry.text("minBackoffDuration")),
            ("max-backoff", retry.text("maxBackoffDuration")),
            ("max-doublings", retry.text("maxDoublings")),
            ("max-retry-duration", retry.text("maxRetryDuration")),
        ),
        *_target(it, spec.fields("httpTarget")),
    )
    retry.done()
    spec.done()
    yield Ensure(
        describe=("scheduler", "jobs", "describe", *named),
        create=("scheduler", "jobs", "create", "http", *named, *settings),
        update=("scheduler", "jobs", "update", "http", *named, *settings),
    )


def _target(it: Thing, target: Fields) -> Command:
    oidc, oauth = target.fields("oidcToken"), target.fields("oauthToken")
    found = flags(
        ("uri", target.text("uri")),
        ("http-method", _method(target.needed("httpMethod"))),
        ("oidc-service-account-email", _account(it, oidc)),
        ("oidc-token-audience", oidc.text("audience")),
        ("oauth-service-account-email", _account(it, oauth)),
        ("oauth-token-scope", oauth.text("scope")),
    )
    for fields in (oidc, oauth, target):
        fields.done()
    return found


def _account(it: Thing, token: Fields) -> str | None:
    account = token.take("serviceAccountRef")
    if account is None:
        return None
    found = it.referred(account)
    if not isinstance(found, str):
        raise Unsaid(path="spec.httpTarget")
    return found


def _method(given: str) -> str:
    if given != given.upper() or not given.isalpha():
        raise Unsaid(path="spec.httpTarget.httpMethod")
    return given.lower()
