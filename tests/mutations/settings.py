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
    mutation(
        "IG7006",
        "a misspelt slug",
        Edit(FILE, "severity:\n", "severity:\n  «dead-topics»: error\n"),
    ),
    _written("IG7007", "a target that there is not", "targets: [«azure»]\n"),
    mutation(
        "IG7007",
        "a severity that there is not",
        Edit(FILE, "severity:\n", "severity:\n  dead-topic: «fatal»\n"),
    ),
    _written("IG7008", "a root outside of the folder", "roots: [«../shop»]\n"),
    mutation(
        "IG7009",
        "a name that no cloud takes",
        Edit(FILE, "application: shop", "application: «My Shop»"),
    ),
    _written("IG7010", "a library without its path", "libraries:\n  - «package: acme»\n"),
    mutation(
        "IG7011",
        "a key of another cloud",
        Edit(FILE, "    domain: previews", "    «project»: shop-previews\n    domain: previews"),
    ),
    _written("IG7012", "a root that is not there", "roots: [«sources»]\n"),
    _written("IG7013", "a library that is not there", "libraries: [«acme_events»]\n"),
    mutation(
        "IG7014",
        "an owner of a service that there is not",
        Edit(FILE, "  reports:", "  «report»:"),
    ),
    mutation(
        "IG7014",
        "a grant of a service that there is not",
        Edit(FILE, "      emails:", "      «email»:"),
    ),
    mutation(
        "IG7015",
        "an environment without its region",
        Edit(FILE, "  prod-gcp:", "  «prod-gcp»:"),
        Edit(FILE, "    region: europe-west4\n", ""),
    ),
    mutation(
        "IG7016",
        "a binding of a misspelt topic",
        Edit(FILE, "    grants:", "      «topic:bank-transfer»: arn:aws:sns:a:1:b\n    grants:"),
    ),
    mutation(
        "IG7017",
        "a binding to an address of another cloud",
        Edit(
            FILE,
            "projects/treasury-production/topics/bank-transfers",
            "«arn:aws:sns:eu-west-1:210987654321:bank-transfers»",
        ),
    ),
    mutation(
        "IG7017",
        "alarms to nobody",
        Edit(
            FILE,
            "alarms_to: oncall@example.com\n    cron:",
            "alarms_to: «oncall»\n    cron:",
        ),
    ),
    mutation(
        "IG7018",
        "an external topic that is nowhere",
        Edit(FILE, "  prod-gcp:", "  «prod-gcp»:"),
        Edit(
            FILE, "topic:bank-transfers: projects/treasury-production/topics/", "bucket:exports: "
        ),
    ),
    mutation(
        "IG7019",
        "a cron job that there is not",
        Edit(FILE, "      export-catalog:", "      «export-catalogue»:"),
    ),
    mutation(
        "IG7024",
        "an endpoint that is bound",
        Edit(FILE, "    grants:", "      «endpoint:catalog/photo_url»: https://x\n    grants:"),
    ),
    mutation(
        "IG7025",
        "a topic of others that is opened to others",
        Edit(
            FILE,
            "    grants:",
            "    subscribers: {«topic:bank-transfers»: [210987654321]}\n    grants:",
        ),
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
