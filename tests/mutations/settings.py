"""Mistakes in the configuration, and in comments that speak to the tool."""

from tests.mutations.mutation import Edit, Mutation, mutation

FILE = "infragraph.yaml"


def _written(code: str, title: str, text: str) -> Mutation:
    return mutation(code, title, Edit(FILE, "", text))


CONFIGURATION: tuple[Mutation, ...] = (
    _written("IG7001", "a list that is not closed", "exclude: [legacy/\n«»"),
    _written("IG7002", "a misspelt key", "«exclud»: [legacy/]\n"),
    mutation(
        "IG7002",
        "a misspelt key of a service",
        Edit(FILE, "  reports:\n    owner:", "  reports:\n    «owned_by»:"),
    ),
    _written("IG7003", "a text where a list belongs", "exclude: «legacy/»\n"),
    _written("IG7003", "a text where yes or no belongs", 'include_tests: «"yes"»\n'),
    _written("IG7004", "a key given twice", "«application»: store\n"),
    _written("IG7005", "an anchor", "roots: «&folders» [.]\n"),
    _written("IG7006", "a misspelt slug", "severity:\n  «dead-topics»: error\n"),
    _written("IG7007", "a target that there is not", "targets: [«azure»]\n"),
    _written("IG7007", "a severity that there is not", "severity:\n  dead-topic: «fatal»\n"),
    _written("IG7008", "a root outside of the folder", "roots: [«../shop»]\n"),
    mutation(
        "IG7009",
        "a name that no cloud takes",
        Edit(FILE, "application: shop", "application: «My Shop»"),
    ),
    _written("IG7010", "a library without its path", "libraries:\n  - «package: acme»\n"),
    _written(
        "IG7011",
        "a key of another cloud",
        "environments:\n  live:\n    target: aws\n    «project»: shop-live\n",
    ),
    _written("IG7012", "a root that is not there", "roots: [«sources»]\n"),
    _written("IG7013", "a library that is not there", "libraries: [«acme_events»]\n"),
    mutation(
        "IG7014",
        "an owner of a service that there is not",
        Edit(FILE, "  reports:", "  «report»:"),
    ),
)

COMMENTS: tuple[Mutation, ...] = (
    mutation(
        "IG7101",
        "an ignore of nothing",
        Edit(
            "shop/shared/paging.py",
            "PAGE_SIZE = 20",
            "PAGE_SIZE = 20  «# infragraph: ignore[dead-topic]»",
        ),
    ),
    mutation(
        "IG7102",
        "an ignore of a misspelt slug",
        Edit(
            "shop/shared/paging.py",
            "PAGE_SIZE = 20",
            "PAGE_SIZE = 20  «# infragraph: ignore[dead-topics]»",
        ),
    ),
    mutation(
        "IG7103",
        "a comment that is cut short",
        Edit(
            "shop/shared/paging.py",
            "PAGE_SIZE = 20",
            "PAGE_SIZE = 20  «# infragraph: ignore»",
        ),
    ),
    mutation(
        "IG7101",
        "an ignore of nothing in a migration",
        Edit(
            "shop/orders/migrations/0002_create_lines.up.sql",
            "create table lines (",
            "create table lines (  «-- infragraph: ignore[migration-breaking]»",
        ),
    ),
)
