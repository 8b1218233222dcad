"""Whom a database has to be: the certificate of RDS is held against AWS's own authorities.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html (read 2026-11-25)
"""

import os
import ssl
from pathlib import Path

from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.databases.addresses import DatabaseAddress

CERTIFICATES = "INFRAGRAPH_RDS_CERTIFICATES"
"""The variable with the file of the authorities, where it is not in its usual place."""

USUAL = "/etc/ssl/rds/global-bundle.pem"
"""Where an image has it."""

BUNDLE = "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem"
"""From where it comes."""


def encryption(address: DatabaseAddress) -> ssl.SSLContext | None:
    """How a connection is encrypted; None where the address does not ask for it.

    Raises:
        ConfigurationError: the authorities are not there.
    """
    if address.login != "rds-iam":
        return None
    path = os.environ.get(CERTIFICATES, USUAL)
    # It asks for a certificate, and that it is of the host; it knows no authorities of its own.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=Path(path).read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        message = (
            f"what RDS's certificate is held against is not in {path}: put {BUNDLE} there, "
            f"or name another file in {CERTIFICATES}"
        )
        raise ConfigurationError(message) from error
    return context
