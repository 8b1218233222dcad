"""APIs, accounts and roles."""

from collections.abc import Iterator

from infragraph.formats.gcloud.steps import Action, Always, Ensure, flags, listed
from infragraph.formats.gcloud.things import Thing


def api(it: Thing) -> Iterator[Action]:
    it.spec.done()
    yield Always(command=("services", "enable", it.name, it.in_project))


def account(it: Thing) -> Iterator[Action]:
    """An account is created by its name, and called by its e-mail afterwards."""
    shown = flags(
        ("display-name", it.spec.text("displayName")),
        ("description", it.spec.text("description")),
    )
    it.spec.done()
    named = (email(it), it.in_project)
    yield Ensure(
        describe=("iam", "service-accounts", "describe", *named),
        create=("iam", "service-accounts", "create", it.name, it.in_project, *shown),
        update=("iam", "service-accounts", "update", *named, *shown),
    )


def role(it: Thing) -> Iterator[Action]:
    settings = flags(
        ("title", it.spec.text("title")),
        ("description", it.spec.text("description")),
        ("permissions", listed(it.spec.texts("permissions"))),
        ("stage", it.spec.text("stage")),
    )
    it.spec.done()
    named = (it.name, it.in_project)
    yield Ensure(
        describe=("iam", "roles", "describe", *named),
        create=("iam", "roles", "create", *named, *settings),
        update=("iam", "roles", "update", *named, *settings),
    )


def email(account_: Thing) -> str:
    return f"{account_.name}@{account_.project}.iam.gserviceaccount.com"
