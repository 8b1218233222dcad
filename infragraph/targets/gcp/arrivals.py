"""Who comes to a service on Google's behalf, and what the token is made out for that shows it.

Cloud Run checks the token of whoever comes to a service that lets in accounts alone, takes its
signature, and wants the service's address as its audience. A service that is open to everybody
holds the token against Google's certificates itself: its audience is no address, so that Cloud Run
takes it for a token of the application's own.

https://cloud.google.com/run/docs/troubleshooting#signature-removed and
https://cloud.google.com/run/docs/authenticating/end-users (read 2026-11-25)
"""

from collections.abc import Mapping

from infragraph.model.plan import PlanValue
from infragraph.targets.gcp import names
from infragraph.targets.gcp.addresses import service_url
from infragraph.targets.gcp.kind_rights import is_public
from infragraph.targets.gcp.setting import Setting, existing, node

NOBODY: Mapping[str, PlanValue] = {"audience": None, "account": None, "guarded": False}


def audience(setting: Setting, service: str) -> str:
    if is_guarded(setting, service) or _exists(setting, service):
        return service_url(setting, service)
    return f"infragraph:{setting.project}:{names.service_name(setting, service)}"


def is_guarded(setting: Setting, service: str) -> bool:
    """Not known of a service that exists already."""
    return not is_public(setting, service) and not _exists(setting, service)


def arrival(setting: Setting, service: str, account: str) -> Mapping[str, PlanValue]:
    """What the runtime of a service knows of who comes to a route of it."""
    return {
        "audience": audience(setting, service),
        "account": account,
        "guarded": is_guarded(setting, service),
    }


def _exists(setting: Setting, service: str) -> bool:
    return existing(setting, node(setting, f"service:{service}")) is not None
