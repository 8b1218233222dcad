"""Edits of what is no Python, and decides what is read or how it is judged."""

from tests.incremental.tree import Tree

_CONFIGURATIONS = (
    "application: other\n",
    "include_tests: true\n",
    "severity:\n  dead-topic: error\n",
    "severity:\n  dead-topic: off\n",
    "targets: [aws]\n",
    "colour: red\n",
    "application: [\n",
)
_MIGRATIONS = (
    "create table made_{0} (id integer primary key, name text not null);\n",
    "alter table made_{0} drop column name;\n",
    "create table (\n",
    "-- infragraph: ignore[breaking-migration]\ndrop table made_{0};\n",
)
_MEND = "mend"


def configuration_changed(tree: Tree) -> str | None:
    text = tree.choice.choice(_CONFIGURATIONS)
    file = tree.root / "infragraph.yaml"
    if tree.choice.random() < 0.3:
        file.unlink(missing_ok=True)
        tree.mends.append(_MEND)
        return "infragraph.yaml is gone"
    if tree.choice.random() < 0.3 and (folder := tree.folder()) is not None:
        text = f"exclude: [{folder}/]\n"
    tree.put("infragraph.yaml", text)
    tree.mends.append(_MEND)
    return f"infragraph.yaml says {text!r}"


def configuration_mended(tree: Tree) -> str | None:
    tree.mends.clear()
    file = tree.root / "infragraph.yaml"
    if file.is_file() and file.read_bytes() == tree.configuration:
        return None
    file.write_bytes(tree.configuration)
    return "infragraph.yaml is what it was at first"


def migration_changed(tree: Tree) -> str | None:
    """Added to a folder that has some, or to a new one."""
    folders = {path.parent for path in tree.root.rglob("*.sql")}
    known = sorted(path.relative_to(tree.root).as_posix() for path in folders)
    folder = tree.one(known) if tree.choice.random() < 0.8 else f"{tree.folder()}/migrations"
    if folder is None:
        return None
    number = tree.number()
    path = f"{folder}/{1000 + number}_made.up.sql"
    tree.put(path, tree.choice.choice(_MIGRATIONS).format(number))
    return f"{path} is new"


def migration_deleted(tree: Tree) -> str | None:
    found = sorted(path.relative_to(tree.root).as_posix() for path in tree.root.rglob("*.sql"))
    path = tree.one(found)
    if path is None:
        return None
    (tree.root / path).unlink()
    return f"{path} is gone"


def gitignore_changed(tree: Tree) -> str | None:
    file = tree.root / ".gitignore"
    line = tree.one(("*_1.py", "", f"{tree.folder()}/", str(tree.module()), "!*.py"))
    if not line:
        file.unlink(missing_ok=True)
        return "there is no .gitignore"
    tree.put(".gitignore", f"{line}\n")
    return f".gitignore says {line}"


def project_changed(tree: Tree) -> str | None:
    file = tree.root / "pyproject.toml"
    if file.exists() and tree.choice.random() < 0.6:
        file.unlink()
        return "there is no pyproject.toml"
    name = f"project-{tree.number()}"
    text = tree.choice.choice(
        (
            f'[project]\nname = "{name}"\n',
            "[project\n",
            f'[tool.setuptools]\npackage-dir = {{"" = "{tree.folder()}"}}\n',
        )
    )
    tree.put("pyproject.toml", text)
    return f"pyproject.toml says {text!r}"


def left_out_added(tree: Tree) -> str | None:
    """What shows in a note alone."""
    folder, number = tree.folder(), tree.number()
    name = tree.one((f"test_{number}.py", f"notes_{number}.ipynb", f"tests/any_{number}.py"))
    tree.put(f"{folder}/{name}", "import infragraph\n")
    return f"{folder}/{name} is new"
