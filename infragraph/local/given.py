"""The secrets that services are given, and what is said of those without a value."""

import os

from infragraph.local.application import LocalApplication
from infragraph.local.secrets import LocalSecrets, SecretsError, local_secrets
from infragraph.local.variables import service_variables
from infragraph.local.wanted import RunError, Told
from infragraph.runtime.composing import SIGNING_KEY


def secrets_of(application: LocalApplication) -> LocalSecrets:
    """What its secrets are now.

    Raises:
        RunError: the file with them cannot be read.
    """
    names = [str(node["name"]) for node in application.of_kind("secret")]
    try:
        return local_secrets(application.root, names, os.environ)
    except SecretsError as error:
        raise RunError(str(error)) from error


def tell_missing(found: LocalSecrets, told: Told) -> None:
    """Name those that the developer has to write down."""
    if not found.missing:
        return
    told.step("secrets without a value, to be written into .env.infragraph:")
    for name in found.missing:
        told.step(f"  {name}=")


def variables_of(application: LocalApplication, found: LocalSecrets, key: str) -> dict[str, str]:
    """The environment of every process of a run; `key` signs what they say of themselves."""
    names = [str(node["name"]) for node in application.of_kind("secret")]
    return service_variables(os.environ, found.values, names, {SIGNING_KEY: key})
