"""Everything that can be wrong: a page for each block of codes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docs.generating.markdown import code, fenced, page, prose, sentence, table
from infragraph.diagnostics.problem import Problem
from infragraph.diagnostics.wording import general

_LANGUAGES = {"py": "python", "sql": "sql", "yaml": "yaml", "toml": "toml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Codes that begin alike, and what they have in common."""

    prefix: str
    slug: str
    title: str


# The longest prefix decides.
BLOCKS = (
    Block(prefix="IG10", slug="files", title="Files"),
    Block(prefix="IG11", slug="trees", title="The tree of files"),
    Block(prefix="IG12", slug="imports", title="Imports"),
    Block(prefix="IG20", slug="declarations", title="Declarations of every kind"),
    Block(prefix="IG21", slug="topics", title="Topics"),
    Block(prefix="IG22", slug="subscriptions", title="Subscriptions"),
    Block(prefix="IG23", slug="endpoints", title="Endpoints"),
    Block(prefix="IG24", slug="services", title="Services, hooks, mounts and auth handlers"),
    Block(prefix="IG25", slug="crons", title="Cron jobs"),
    Block(prefix="IG26", slug="databases", title="Databases and migrations"),
    Block(prefix="IG27", slug="buckets", title="Buckets"),
    Block(prefix="IG28", slug="secrets", title="Secrets"),
    Block(prefix="IG29", slug="payloads", title="Payload types"),
    Block(prefix="IG3", slug="graph", title="The whole graph"),
    Block(prefix="IG40", slug="portability", title="Clouds and brokers"),
    Block(prefix="IG50", slug="writing", title="Writing what is generated"),
    Block(prefix="IG70", slug="configuration", title="Configuration"),
    Block(prefix="IG71", slug="suppressions", title="Suppressions and stated edges"),
    Block(prefix="IG90", slug="bugs", title="Bugs of infragraph"),
)

_INTRODUCTION = (
    "What a finding says in a terminal is a short form of what stands here; `infragraph explain "
    "CODE` prints the same text. A code and a slug are never given another meaning."
)


def pages(problems: Iterable[Problem]) -> Iterator[tuple[str, str]]:
    """Each page's path below the reference, and its text."""
    by_block: dict[Block, list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: problem.code):
        by_block.setdefault(block_of(problem), []).append(problem)
    yield "problems/index.md", _index(by_block)
    for block, members in by_block.items():
        yield f"problems/{block.slug}.md", page(f"# {block.title}", *map(_problem, members))


def block_of(problem: Problem) -> Block:
    fitting = [block for block in BLOCKS if problem.code.startswith(block.prefix)]
    if not fitting:
        message = f"no block of the reference takes {problem.code}"
        raise LookupError(message)
    return max(fitting, key=lambda block: len(block.prefix))


def _index(by_block: Mapping[Block, list[Problem]]) -> str:
    parts = [
        "# Problems",
        _INTRODUCTION,
    ]
    for block, members in by_block.items():
        parts.append(f"## {block.title}")
        parts.append(
            table(
                ("code", "slug", "severity", "says"),
                (
                    (
                        f"[{one.code}]({block.slug}.md#{anchor(one)})",
                        code(one.slug),
                        one.severity.value,
                        prose(general(one.summary)),
                    )
                    for one in members
                ),
            )
        )
    return page(*parts)


def anchor(problem: Problem) -> str:
    return f"{problem.code.lower()}-{problem.slug}"


def _problem(problem: Problem) -> str:
    example = problem.example
    silenced = (
        f"To keep one finding, write `# infragraph: ignore[{problem.slug}]` on its line; for all "
        f"of them, `{problem.slug}: off` under `severity` in `infragraph.yaml`."
    )
    parts = (
        f"## {problem.code} {problem.slug}",
        f"**What it means.** {prose(sentence(general(problem.summary)))}",
        f"**Severity.** {sentence(problem.severity)}",
        f"**Why it matters.** {prose(problem.why)}",
        *_shown(example.bad),
        f"**How to fix.** {prose(sentence(general(problem.help)))}",
        _files(example.good),
        silenced,
    )
    return "\n\n".join(part for part in parts if part)


def _shown(bad: Mapping[str, str]) -> Iterator[str]:
    if not bad:
        yield "**Example.** No source that is short enough to be shown here has it."
        return
    yield "**Example.**"
    yield _files(bad)
    yield f"Found {_place(bad)}."


def _files(files: Mapping[str, str]) -> str:
    return "\n\n".join(
        f"`{path}`\n\n{fenced(_plain(text), _LANGUAGES.get(path.rpartition('.')[2], 'text'))}"
        for path, text in files.items()
    )


def _place(files: Mapping[str, str]) -> str:
    for path, text in files.items():
        before, mark, rest = text.partition("«")
        if mark:
            line = before.lstrip("\n").count("\n") + 1
            found = _plain(rest.partition("»")[0]).split("\n")
            shown = f"{found[0]} …" if len(found) > 1 else found[0]
            at = f", at {code(shown.strip())}" if shown.strip() and "`" not in shown else ""
            return f"in `{path}`, line {line}{at}"
    message = "an example marks its finding"
    raise LookupError(message)


def _plain(text: str) -> str:
    return text.replace("«", "").replace("»", "")
