import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from infragraph.diagnostics.configuration_problems import CONFIGURATION_PROBLEMS, FILE
from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.problem import Problem
from infragraph.schemas import schema
from infragraph.workspace.configuration import Configuration, parse_configuration
from tests.diagnostics.validation import mistakes
from tests.workspace.trees import found, grow

FOLDERS = {"src", "shared", "libraries", "libs/a"}

EVERYTHING = """\
application: shop
owner: team-shop
roots: [src]
exclude:
  - legacy/
include_tests: true
libraries:
  - acme_events
  - package: acme_types
    path: libs/a
targets: [aws, gcp, nats, nsq]
severity:
  unused-ignore: off
  malformed-directive: error
dialects: [sdk]
audit: all
services:
  orders:
    owner: team-checkout
environments:
  production:
    target: aws
    region: eu-west-1
    account: "012345678901"
    class: production
    layout: split
    domain: shop.example.com
    image_platform: linux/arm64
    observability:
      otlp:
        endpoint: https://otel.example.com/v1
        headers_secret: OTLP_HEADERS
      alarms_to: oncall@example.com
    cron:
      purge-unverified:
        isolated: true
    tags:
      team: checkout
      cost-center: 1234
    network: vpc-0a1b2c3d
    cluster: apps
    listener: arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/a/b/c
    kms_key: arn:aws:kms:eu-west-1:1:key/a
    subscribers:
      topic:signups: [210987654321]
    bindings:
      topic:signups: arn:aws:sns:eu-west-1:1:signups
      database:users: users.cluster.example.com
    grants:
      orders:
        - actions: ["ses:SendEmail"]
          resources: ["*"]
          reason: receipts are sent by mail
          expiry: 2030-01-31
    overrides: deploy/overrides.yaml
  pr-*:
    target: gcp
    region: europe-west4
    project: shop-preview
    project_number: 123456789
    class: preview
    layout: single
"""


def parsed(text: str | bytes) -> tuple[Configuration, tuple[Diagnostic, ...]]:
    return parse_configuration(
        text.encode() if isinstance(text, str) else text,
        slugs={"unused-ignore", "malformed-directive"},
        is_folder=FOLDERS.__contains__,
        is_file={"deploy/overrides.yaml"}.__contains__,
    )


def problems(text: str | bytes) -> list[tuple[str, int, int]]:
    return [(one.slug, one.span.line, one.span.column) for one in parsed(text)[1]]


def test_every_key_is_read() -> None:
    configuration, found_mistakes = parsed(EVERYTHING)

    assert found_mistakes == ()
    assert configuration.application == "shop"
    assert configuration.owner == "team-shop"
    assert configuration.roots == ("src",)
    assert configuration.exclude == ("legacy/",)
    assert configuration.include_tests
    assert [(one.package, one.path) for one in configuration.libraries] == [
        ("acme_events", None),
        ("acme_types", "libs/a"),
    ]
    assert configuration.severity == {"unused-ignore": "off", "malformed-directive": "error"}
    assert configuration.dialects == ("sdk",)
    assert configuration.audit == "all"
    assert configuration.services == {"orders": {"owner": "team-checkout"}}
    assert set(configuration.environments) == {"production", "pr-*"}


def test_every_key_of_the_schema_is_in_that_example() -> None:
    def keys(part: Mapping[str, Any]) -> Iterator[str]:
        for name, inner in part.get("properties", {}).items():
            yield name
            yield from keys(inner)
        for key in ("items", "additionalProperties"):
            if isinstance(part.get(key), dict):
                yield from keys(part[key])

    whole = schema("config")
    environment: Any = json.loads(json.dumps(whole))["$defs"]["environment"]

    missing = {key for key in (*keys(whole), *keys(environment)) if f"{key}:" not in EVERYTHING}
    assert missing == set()


def test_the_published_schema_accepts_what_we_accept() -> None:
    document = yaml.load(EVERYTHING, Loader=yaml.BaseLoader)  # noqa: S506 - text alone
    document["include_tests"] = True
    document["environments"]["production"]["cron"]["purge-unverified"]["isolated"] = True

    assert mistakes(document, schema("config")) == []


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "{}\n", "\ufeffapplication: a\n"])
def test_an_empty_file_is_no_mistake(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "slug", "line", "column"),
    [
        ("a: [\n", "configuration-syntax", 2, 1),
        ("a: b: c\n", "configuration-syntax", 1, 5),
        ("a: 1\n---\nb: 2\n", "configuration-syntax", 2, 1),
        ("a: \x01\n", "configuration-syntax", 1, 4),
        ("? [a]\n: 1\n", "configuration-syntax", 1, 3),
        ("x: " + "[" * 40 + "]" * 40, "configuration-syntax", 1, 35),
        ("- a\n", "configuration-wrong-type", 1, 1),
        ("shop\n", "configuration-wrong-type", 1, 1),
        ("aplication: shop\n", "configuration-unknown-key", 1, 1),
        ("services:\n  a:\n    ownr: x\n", "configuration-unknown-key", 3, 5),
        ("environments:\n  a:\n    zone: x\n", "configuration-unknown-key", 3, 5),
        ("include_tests: yes\n", "configuration-wrong-type", 1, 16),
        ("roots: src\n", "configuration-wrong-type", 1, 8),
        ("roots:\n", "configuration-wrong-type", 1, 7),
        ("exclude: [[a]]\n", "configuration-wrong-type", 1, 11),
        ("severity:\n  unused-ignore: fatal\n", "configuration-unknown-value", 2, 18),
        ("severity:\n  dead-topik: error\n", "configuration-unknown-slug", 2, 3),
        ("dialects: [django]\n", "configuration-unknown-value", 1, 12),
        ("environments:\n  a:\n    target: azure\n", "configuration-unknown-value", 3, 13),
        ("environments:\n  a:\n    class: huge\n", "configuration-unknown-value", 3, 12),
        ("environments:\n  Live: {}\n", "configuration-malformed-value", 2, 3),
        ("environments:\n  pr-*-x: {}\n", "configuration-malformed-value", 2, 3),
        ("environments:\n  a:\n    account: 12\n", "configuration-malformed-value", 3, 14),
        ("environments:\n  a:\n    domain: not a domain\n", "configuration-malformed-value", 3, 13),
        ("environments: {a: {cron: {Bad Name: {}}}}\n", "configuration-malformed-value", 1, 27),
        ("environments: {a: {bindings: {signups: x}}}\n", "configuration-malformed-value", 1, 31),
        ("services:\n  Orders: {}\n", "configuration-malformed-value", 2, 3),
        ("application: a\napplication: b\n", "configuration-duplicate-key", 2, 1),
        ("roots: &a [src]\n", "configuration-yaml-feature", 1, 8),
        ("roots: *a\n", "configuration-yaml-feature", 1, 8),
        ("services: {<<: {a: {}}}\n", "configuration-yaml-feature", 1, 12),
        ("application: !!str shop\n", "configuration-yaml-feature", 1, 14),
        ("application: !!python/name:os.system x\n", "configuration-yaml-feature", 1, 14),
        ("roots: [/etc]\n", "configuration-path-outside-root", 1, 9),
        ("roots: [a/../../b]\n", "configuration-path-outside-root", 1, 9),
        ("roots: ['C:\\x']\n", "configuration-path-outside-root", 1, 9),
        ("roots: [missing]\n", "configuration-path-not-found", 1, 9),
        ("libraries: [a-b]\n", "configuration-malformed-value", 1, 13),
        ("libraries:\n  - path: src\n", "configuration-missing-key", 2, 5),
    ],
)
def test_a_mistake_is_found_at_its_place(text: str, slug: str, line: int, column: int) -> None:
    assert (slug, line, column) in problems(text)
    assert len(problems(text)) == 1 or slug == "configuration-yaml-feature"


def test_an_expiry_is_a_day_of_the_calendar() -> None:
    grant = "environments: {a: {grants: {s: [{actions: [x], resources: [y], reason: z, expiry: "

    assert problems(f"{grant}2030-02-30}}]}}}}}}\n") == [
        ("configuration-malformed-value", 1, len(grant) + 1)
    ]


def test_bytes_that_are_no_text_are_a_mistake() -> None:
    assert problems(b"application: caf\xe9\n") == [("configuration-syntax", 1, 17)]


def test_all_mistakes_are_told_at_once() -> None:
    text = "roots: src\ntargets: [azure]\naplication: x\n"

    assert [slug for slug, _, _ in problems(text)] == [
        "configuration-wrong-type",
        "configuration-unknown-value",
        "configuration-unknown-key",
    ]


def test_what_somebody_meant_is_suggested() -> None:
    _, found_mistakes = parsed("aplication: x\nseverity: {unused-ignor: off}\ntargets: [asw]\n")

    assert [one.help for one in found_mistakes] == [
        "write 'application'",
        "write 'unused-ignore'",
        "write 'aws'",
    ]


@pytest.mark.parametrize("word", ["off", '"off"', "error"])
def test_off_is_a_word_and_no_boolean(word: str) -> None:
    assert parsed(f"severity:\n  unused-ignore: {word}\n")[1] == ()


@pytest.mark.parametrize(
    "problem",
    [
        one
        for one in CONFIGURATION_PROBLEMS
        if one.slug not in {"library-not-found", "configured-service-unknown"}
    ],
    ids=lambda one: one.code,
)
def test_example_shows_its_problem_and_its_cure(problem: Problem) -> None:
    marked = problem.example.bad[FILE]
    before = marked[: marked.index("«")]
    (mistake,) = parsed(marked.replace("«", "").replace("»", ""))[1]

    assert mistake.code == problem.code
    assert mistake.span.line == before.count("\n") + 1
    assert mistake.span.column == len(before) - before.rfind("\n")
    assert mistake.span.end_column - mistake.span.column == (
        marked.index("»") - marked.index("«") - 1
    )
    assert parsed(problem.example.good[FILE])[1] == ()


def test_a_mistake_leaves_the_tree_unread(tmp_path: Path) -> None:
    tree = found(grow(tmp_path, {"a.py": "", FILE: "rots: []\n"}))

    assert tree.sources == ()
    assert [one.code for one in tree.configuration_mistakes] == ["IG7002"]


def test_a_root_behind_a_link_lies_outside(tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    root = grow(tmp_path / "root", {FILE: "roots: [link]\n"})
    (root / "link").symlink_to("../away")

    assert [one.slug for one in found(root).configuration_mistakes] == [
        "configuration-path-not-found"
    ]


def test_a_configuration_that_is_a_link_is_a_mistake(tmp_path: Path) -> None:
    grow(tmp_path, {"elsewhere": ""})
    (tmp_path / FILE).symlink_to("elsewhere")

    assert [one.slug for one in found(tmp_path).configuration_mistakes] == ["file-not-read"]


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({FILE: "application: one\n", "pyproject.toml": '[project]\nname = "two"\n'}, "one"),
        ({"pyproject.toml": '[project]\nname = "two"\n'}, "two"),
        ({"pyproject.toml": "[project\n"}, None),
        ({}, None),
    ],
)
def test_the_applications_name_is_never_the_folders(
    tmp_path: Path, files: dict[str, str], name: str | None
) -> None:
    assert found(grow(tmp_path, files)).application == name


def test_the_validator_knows_every_keyword_that_the_schema_uses() -> None:
    known = {
        "$schema",
        "$defs",
        "$ref",
        "title",
        "description",
        "default",
        "examples",
        "type",
        "enum",
        "pattern",
        "format",
        "minLength",
        "maxLength",
        "minItems",
        "items",
        "properties",
        "propertyNames",
        "additionalProperties",
        "required",
        "x-target",
    }

    def keywords(part: object, *, is_schema: bool) -> Iterator[str]:
        if not isinstance(part, Mapping):
            return
        for key, value in json.loads(json.dumps(dict(cast("Mapping[str, object]", part)))).items():
            if is_schema:
                yield key
            yield from keywords(
                value, is_schema=not is_schema or key not in {"properties", "$defs"}
            )

    assert set(keywords(schema("config"), is_schema=True)) <= known


def test_what_a_library_may_be_is_shown_in_both_forms() -> None:
    (found,) = parsed("libraries: [../libs]\n")[1]

    assert found.message == "'../libs' does not have the form of 'libraries'"
    assert found.help == (
        "write something like 'acme_events' or {package: acme_events, path: libraries/events/src}"
    )
