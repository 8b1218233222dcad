import pytest

from infragraph.targets.existing import FORMS, parts

SAMPLES = [
    (target, kind, form.sample) for target, forms in FORMS.items() for kind, form in forms.items()
]


@pytest.mark.parametrize(("target", "kind", "sample"), SAMPLES)
def test_every_form_fits_its_sample_and_no_other_text(target: str, kind: str, sample: str) -> None:
    found = parts(target, kind, sample)

    assert found is not None
    assert all(text in sample for text in found.values())
    for other in (f"{sample}\n", f"{sample} ", f"{sample}*", "", "${x}"):
        assert parts(target, kind, other) is None


def test_a_database_is_known_by_what_a_driver_and_a_policy_ask_for() -> None:
    assert parts("aws", "database", FORMS["aws"]["database"].sample) == {
        "resource": "db-ABCDEFGHIJKL01234",
        "host": "orders.abc.eu-west-1.rds.amazonaws.com",
        "port": "5432",
        "name": "orders",
    }
    assert parts("gcp", "database", FORMS["gcp"]["database"].sample) == {
        "project": "example-data",
        "region": "europe-west4",
        "instance": "main",
        "name": "orders",
    }


def test_what_no_target_can_bind_has_no_parts() -> None:
    assert parts("aws", "endpoint", "https://orders.example.com") is None
