"""Templates for emulators."""

from typing import Any

from infragraph.deploy.aws.lacking import without

TEMPLATE: dict[str, Any] = {
    "Parameters": {"Size": {"Type": "String"}, "Count": {"Type": "String"}},
    "Resources": {
        "Address": {"Type": "AWS::EC2::EIP", "Properties": {"Size": {"Ref": "Size"}}},
        "Gateway": {
            "Type": "AWS::EC2::NatGateway",
            "Properties": {"AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]}},
        },
        "Route": {
            "Type": "AWS::EC2::Route",
            "Properties": {"NatGatewayId": {"Ref": "Gateway"}},
        },
        "Service": {
            "Type": "AWS::ECS::Service",
            "DependsOn": ["Route", "Topic"],
            "Properties": {
                "Count": {"Ref": "Count"},
                "Secret": {"Fn::GetAtt": ["Database", "MasterUserSecret.SecretArn"]},
                "Host": {"Fn::GetAtt": ["Database", "Endpoint.Address"]},
            },
        },
        "Topic": {"Type": "AWS::SNS::Topic"},
        "Database": {"Type": "AWS::RDS::DBInstance"},
    },
    "Outputs": {"Address": {"Value": {"Ref": "Address"}}, "Topic": {"Value": {"Ref": "Topic"}}},
}


def test_what_is_left_out_takes_with_it_all_that_needs_it() -> None:
    found, left = without(
        TEMPLATE,
        frozenset({"AWS::EC2::EIP", "AWS::RDS::DBInstance.MasterUserSecret.SecretArn"}),
    )

    assert left == {
        "Address": "AWS::EC2::EIP",
        "Database.MasterUserSecret.SecretArn": "in whose place a text stands",
        "Gateway": "AWS::EC2::NatGateway, which needs Address",
        "Route": "AWS::EC2::Route, which needs Gateway",
    }
    assert found == {
        "Parameters": {"Count": {"Type": "String"}},
        "Resources": {
            "Service": {
                "Type": "AWS::ECS::Service",
                "DependsOn": ["Topic"],
                "Properties": {
                    "Count": {"Ref": "Count"},
                    "Secret": "lacking:Database.MasterUserSecret.SecretArn",
                    "Host": {"Fn::GetAtt": ["Database", "Endpoint.Address"]},
                },
            },
            "Topic": {"Type": "AWS::SNS::Topic"},
            "Database": {"Type": "AWS::RDS::DBInstance"},
        },
        "Outputs": {"Topic": {"Value": {"Ref": "Topic"}}},
    }


def test_nothing_is_left_out_unasked() -> None:
    assert without(TEMPLATE, frozenset()) == (TEMPLATE, {})
