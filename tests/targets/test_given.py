from infragraph.targets.given import variable


def test_a_variable_is_called_by_a_node_and_one_of_its_fields() -> None:
    assert variable("topic:signups", "arn") == "INFRAGRAPH_TOPIC_SIGNUPS_ARN"
    assert (
        variable("subscription:signups/send-welcome-email", "queue_url")
        == "INFRAGRAPH_SUBSCRIPTION_SIGNUPS__SEND_WELCOME_EMAIL_QUEUE_URL"
    )
    assert variable("secret:STRIPE_KEY", "arn") == "INFRAGRAPH_SECRET_STRIPE_KEY_ARN"
