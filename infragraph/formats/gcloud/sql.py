"""The server of the databases, the databases on it, and who logs in."""

from collections.abc import Iterator

from infragraph.formats.gcloud.fields import Fields, Unsaid
from infragraph.formats.gcloud.steps import Action, Always, Command, Ensure, Listed, flags, listed
from infragraph.formats.gcloud.things import Thing

# Labels of a server are in this track alone.
_TRACK = "beta"

_SSL = {
    "TRUSTED_CLIENT_CERTIFICATE_REQUIRED": "TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
    "ENCRYPTED_ONLY": "ENCRYPTED_ONLY",
}
_DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_DISKS = {"PD_SSD": "SSD", "PD_HDD": "HDD"}
_CHANNELS = {"stable": "production", "canary": "preview", "week5": "week5"}


def instance(it: Thing) -> Iterator[Action]:
    """One that is not there is told as one that may not be seen: a list tells the two apart.

    What cannot be changed afterwards is said once.
    """
    spec = it.spec
    once = flags(
        ("database-version", spec.text("databaseVersion")), ("region", spec.text("region"))
    )
    settings = spec.fields("settings")
    network = settings.fields("ipConfiguration")
    once = (
        *once,
        *flags(("storage-type", _DISKS.get(settings.needed("diskType")))),
        *flags(("network", it.path_of(network.take("privateNetworkRef"), "global/networks"))),
        "--no-assign-ip",
    )
    network.expect("ipv4Enabled", False)  # noqa: FBT003 - a value of the plan
    flags_ = (
        *flags(
            ("tier", settings.text("tier")),
            ("edition", _lower(settings.text("edition"))),
            ("availability-type", _lower(settings.text("availabilityType"))),
            ("storage-size", settings.text("diskSize")),
            ("connector-enforcement", settings.text("connectorEnforcement")),
            ("ssl-mode", _SSL.get(network.needed("sslMode"))),
        ),
        *_switch("storage-auto-increase", is_on=settings.flag("diskAutoresize")),
        *_switch("deletion-protection", is_on=settings.flag("deletionProtectionEnabled")),
        *_switch(
            "enable-google-private-path",
            is_on=network.flag("enablePrivatePathForGoogleCloudServices"),
        ),
        *_insights(settings),
        *_maintenance(settings),
        *_parameters(settings),
    )
    backups, first = _backups(settings)
    network.done()
    settings.done()
    spec.done()
    named = (it.name, it.in_project)
    yield Listed(
        listing=(
            "sql", "instances", "list", it.in_project, f"--filter=name={it.name}",
            "--format=value(name)",
        ),
        create=(
            _TRACK, "sql", "instances", "create", *named, f"--labels={it.label_flag}",
            *once, *flags_, *first, *backups,
        ),
        update=(
            _TRACK, "sql", "instances", "patch", *named, f"--update-labels={it.label_flag}",
            *flags_, *backups,
        ),
    )  # fmt: skip


def database(it: Thing) -> Iterator[Action]:
    spec = it.spec
    named = (it.name, *flags(("instance", it.name_of(spec.take("instanceRef")))), it.in_project)
    once = flags(("charset", spec.text("charset")), ("collation", spec.text("collation")))
    spec.done()
    yield Ensure(
        describe=("sql", "databases", "describe", *named),
        create=("sql", "databases", "create", *named, *once),
    )


def user(it: Thing) -> Iterator[Action]:
    """Roles of the server that a user has are given anew each time, which changes nothing."""
    spec = it.spec
    on = (*flags(("instance", it.name_of(spec.take("instanceRef")))), it.in_project)
    type_ = flags(("type", spec.needed("type").lower()))
    spec.done()
    yield Listed(
        listing=("sql", "users", "list", *on, f"--filter=name={it.name}", "--format=value(name)"),
        create=("sql", "users", "create", it.name, *on, *type_),
    )
    roles = Fields(it.notes, "notes").texts("database-roles")
    if roles:
        yield Always(
            command=(
                "sql", "users", "assign-roles", it.name, *on, *type_,
                *flags(("database-roles", listed(roles))),
            )
        )  # fmt: skip


def _insights(settings: Fields) -> Command:
    insights = settings.fields("insightsConfig")
    found = _switch(
        "insights-config-query-insights-enabled", is_on=insights.flag("queryInsightsEnabled")
    )
    insights.done()
    return found


def _maintenance(settings: Fields) -> Command:
    window = settings.fields("maintenanceWindow")
    day = int(window.needed("day"))
    track = window.needed("updateTrack")
    if track not in _CHANNELS or not 1 <= day <= len(_DAYS):
        raise Unsaid(path="spec.settings.maintenanceWindow")
    found = flags(
        ("maintenance-window-day", _DAYS[day - 1]),
        ("maintenance-window-hour", window.text("hour")),
        ("maintenance-release-channel", _CHANNELS[track]),
    )
    window.done()
    return found


def _parameters(settings: Fields) -> Command:
    pairs: list[str] = []
    for parameter in settings.each("databaseFlags"):
        pairs.append(f"{parameter.needed('name')}={parameter.needed('value')}")
        parameter.done()
    return flags(("database-flags", listed(pairs)))


def _backups(settings: Fields) -> tuple[Command, Command]:
    """What is said each time, and what only at the creation."""
    backups = settings.fields("backupConfiguration")
    is_on = backups.flag("enabled")
    kept = backups.fields("backupRetentionSettings")
    kept.take("retentionUnit")
    found = (
        *flags(
            ("backup-start-time", backups.text("startTime")),
            ("retained-backups-count", kept.text("retainedBackups")),
            ("retained-transaction-log-days", backups.text("transactionLogRetentionDays")),
        ),
        *(
            ("--enable-point-in-time-recovery",)
            if backups.flag("pointInTimeRecoveryEnabled")
            else ()
        ),
    )
    kept.done()
    backups.done()
    return found, () if is_on else ("--no-backup",)


def _switch(name: str, *, is_on: bool) -> Command:
    return (f"--{name}" if is_on else f"--no-{name}",)


def _lower(given: str | None) -> str | None:
    return None if given is None else given.lower().replace("_", "-")
