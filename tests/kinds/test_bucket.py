import pytest

from tests.kinds.reading import findings, properties


def test_a_bucket_shows_its_options() -> None:
    text = 'photos = Bucket("photos", public=True)\n'

    assert list(properties(text, "bucket:photos").items()) == [
        ("public", True),
        ("versioned", False),
    ]


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ('Bucket("Photos")', ("IG2009", '"Photos"')),
        ('Bucket("photos", public=1)', ("IG2002", "1")),
        ('Bucket("photos", version=True)', ("IG2003", "version")),
        ('Bucket("photos", True)', ("IG2005", "True")),
        ("Bucket()", ("IG2004", "Bucket()")),
        ("Bucket(photos)", ("IG2001", "photos")),
        ("Bucket(*names)", ("IG2007", "Bucket(*names)")),
    ],
)
def test_a_mistake_is_one_finding_at_its_place(declared: str, found: tuple[str, str]) -> None:
    assert findings(f"it = {declared}\n") == [found]
