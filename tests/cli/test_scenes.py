from infragraph.cli.scenes import owners_of


def test_owners_are_those_that_the_configuration_names() -> None:
    assert owners_of({"orders": {"owner": "team-shop"}, "users": {}, "emails": None}) == {
        "orders": "team-shop"
    }
