"""A secret: a place for a value, which no plan, template or graph ever holds."""

from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, PlannedResource
from infragraph.targets.aws.lasting import kept
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.references import secret_address
from infragraph.targets.aws.shared import Setting, key_arn, tags


def plan_secret(setting: Setting, secret: Node) -> Planned:
    """An empty secret; nothing of one that is bound."""
    if not setting.environment.is_created(secret.id):
        return Planned()
    address = secret_address(secret)
    made = PlannedResource(
        address=address,
        type="AWS::SecretsManager::Secret",
        layer="data",
        origin=(secret.id,),
        retention=kept(setting),
        properties={
            "Description": f"{secret.id}; give it a value with 'infragraph secrets set'",
            "KmsKeyId": key_arn(setting),
            "Tags": tags(setting, service=secret.service, resource=secret.id),
        },
    )
    return Planned(resources=(made,), outputs={f"{address}Arn": Attribute(address=address)})
