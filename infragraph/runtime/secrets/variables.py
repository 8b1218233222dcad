"""Secrets from the process's environment, or from files as orchestrators mount them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infragraph.sdk.secret import Secret

FOLDER = "INFRAGRAPH_SECRETS"
"""The variable that names a folder with a file for each secret."""


class SecretMissingError(Exception):
    """A secret has no value here."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"secret {name!r} has no value: set the variable {name}, write a line {name}=… in "
            f".env.infragraph, or put a file {name} into the folder that {FOLDER} names"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableSecrets:
    """A variable wins over a file; a file's last line feed is not part of its value."""

    variables: Mapping[str, str]

    def __call__(self, secret: Secret) -> str:
        """The value.

        Raises:
            SecretMissingError: there is none.
        """
        if secret.name in self.variables:
            return self.variables[secret.name]
        folder = self.variables.get(FOLDER)
        if folder is not None:
            try:
                return (Path(folder) / secret.name).read_text(encoding="utf-8").removesuffix("\n")
            except FileNotFoundError:
                pass
        raise SecretMissingError(secret.name)
