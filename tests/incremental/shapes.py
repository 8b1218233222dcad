"""Edits of which files and folders there are."""

import shutil

from tests.incremental.tree import Tree, dotted

_FEW = 8
"""Folders of more files are left, or nothing would be left in the end."""

_PLAIN = "def plain(value: int) -> int:\n    return value + 1\n"
_DECLARING = 'from infragraph import Topic\n\nmade_{0} = Topic[str]("made-{0}")\n'


def file_added(tree: Tree) -> str | None:
    folder, number = tree.folder(), tree.number()
    if folder is None:
        return None
    other = tree.module()
    texts = [_PLAIN, _DECLARING.format(number)]
    if other is not None:
        texts.append(f"from {dotted(other)} import *\n")
    path = f"{folder}/added_{number}.py"
    tree.put(path, tree.choice.choice(texts))
    return f"{path} is new"


def file_deleted(tree: Tree) -> str | None:
    path = tree.module()
    if path is None:
        return None
    (tree.root / path).unlink()
    return f"{path} is gone"


def file_moved(tree: Tree) -> str | None:
    path, folder = tree.module(), tree.folder()
    if path is None or folder is None:
        return None
    name = path.rpartition("/")[2] if tree.choice.random() < 0.5 else f"moved_{tree.number()}.py"
    target = f"{folder}/{name}"
    if (tree.root / target).exists():
        return None
    (tree.root / path).rename(tree.root / target)
    return f"{path} is {target} now"


def file_copied(tree: Tree) -> str | None:
    path, folder = tree.module(), tree.folder()
    if path is None or folder is None:
        return None
    target = f"{folder}/copied_{tree.number()}.py"
    shutil.copy2(tree.root / path, tree.root / target)
    return f"{target} is a copy of {path}, with its times"


def package_added(tree: Tree) -> str | None:
    folder, number = tree.folder(), tree.number()
    if folder is None:
        return None
    package = f"{folder}/package_{number}"
    tree.put(f"{package}/__init__.py", f"from .part import made_{number}\n")
    tree.put(f"{package}/part.py", _DECLARING.format(number))
    return f"{package}/ is a new package"


def package_deleted(tree: Tree) -> str | None:
    folder = tree.one([one for one in tree.folders() if len(tree.modules(one)) <= _FEW])
    if folder is None:
        return None
    shutil.rmtree(tree.root / folder)
    return f"{folder}/ is gone"


def folder_renamed(tree: Tree) -> str | None:
    folder = tree.folder()
    if folder is None:
        return None
    target = f"{folder}_{tree.number()}"
    (tree.root / folder).rename(tree.root / target)
    return f"{folder}/ is {target}/ now"


def package_marker_changed(tree: Tree) -> str | None:
    folder = tree.folder()
    if folder is None:
        return None
    marker = tree.root / folder / "__init__.py"
    if marker.exists() or marker.is_symlink():
        marker.unlink()
        return f"{folder}/ has no __init__.py any more"
    marker.write_text("")
    return f"{folder}/ has an empty __init__.py"


def package_beside(tree: Tree) -> str | None:
    """The package hides the module."""
    path = tree.module()
    if path is None or path.endswith("__init__.py"):
        return None
    tree.put(f"{path.removesuffix('.py')}/__init__.py", _PLAIN)
    return f"{path} has a package of its name beside it"


def linked(tree: Tree) -> str | None:
    """A file becomes a link: to another in the tree, to one outside, or to nothing."""
    path, other = tree.module(), tree.module()
    if path is None or other is None or path == other:
        return None
    target = tree.one((str(tree.root / other), __file__, "nowhere.py"))
    assert target is not None
    (tree.root / path).unlink()
    (tree.root / path).symlink_to(target)
    return f"{path} is a link to {target.rpartition('/')[2]}"


def folder_linked(tree: Tree) -> str | None:
    folder, number = tree.folder(), tree.number()
    if folder is None:
        return None
    (tree.root / f"link_{number}").symlink_to(tree.root / folder)
    return f"link_{number} is a link to {folder}/"


def unlinked(tree: Tree) -> str | None:
    path = tree.one(tree.links())
    if path is None:
        return None
    (tree.root / path).unlink()
    if path.endswith(".py"):
        tree.put(path, _PLAIN)
    return f"{path} is no link any more"


def folder_named_as_a_file(tree: Tree) -> str | None:
    folder, number = tree.folder(), tree.number()
    if folder is None:
        return None
    (tree.root / folder / f"odd_{number}.py").mkdir()
    return f"{folder}/odd_{number}.py is a folder"


def checkout_moved(tree: Tree) -> str | None:
    """Under the same name, as modules may begin with it."""
    target = tree.root.parents[1] / f"place_{tree.number()}" / tree.root.name
    target.parent.mkdir()
    tree.root = tree.root.rename(target)
    return f"the whole tree lies in {target.parent.name}/"
