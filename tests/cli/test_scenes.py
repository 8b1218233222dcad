from infragraph.cli.scenes import owners_of


def test_owners_are_those_that_the_configuration_names() -> None:
    services = {"orders": {"owner": "team-shop"}, "users": {}, "emails": None}

    assert owners_of(services, None, ("orders", "users")) == {"orders": "team-shop"}


def test_a_service_that_names_no_owner_has_that_of_the_application() -> None:
    services = {"orders": {"owner": "team-shop"}, "users": {}}

    assert owners_of(services, "team-all", ("orders", "users", "emails")) == {
        "orders": "team-shop",
        "users": "team-all",
        "emails": "team-all",
    }
