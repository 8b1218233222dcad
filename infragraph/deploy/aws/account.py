"""Whose account the credentials are of, held against the one that the environment is in."""

from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.errors import refuse_use
from infragraph.model.environment import Environment


def demand_account(clients: Clients, environment: Environment) -> None:
    """Ends the deployment where it would go to an account or region that nobody meant."""
    if clients.region != environment.region:
        refuse_use(
            f"the environment {environment.name!r} is in {environment.region}, and the connection "
            f"to AWS in {clients.region}"
        )
    identity = clients.sts.get_caller_identity()
    if identity["Account"] != environment.account:
        refuse_use(
            f"the environment {environment.name!r} is in account {environment.account}, and the "
            f"credentials are those of {identity['Arn']}",
            "use the credentials of that account: set AWS_PROFILE",
        )
