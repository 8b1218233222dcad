"""All edits, and how often each is chosen."""

from collections.abc import Callable
from typing import NamedTuple

from tests.incremental import contents, shapes, surroundings
from tests.incremental.tree import Tree


class Edit(NamedTuple):
    """`apply` tells what it did; None where the tree has nothing to do it with."""

    apply: Callable[[Tree], str | None]
    weight: int


EDITS = (
    Edit(contents.body_changed, 4),
    Edit(contents.text_changed, 4),
    Edit(contents.statement_added, 4),
    Edit(contents.body_extended, 8),
    Edit(contents.function_changed, 4),
    Edit(contents.lines_moved, 4),
    Edit(contents.line_removed, 1),
    Edit(contents.import_removed, 2),
    Edit(contents.import_added, 3),
    Edit(contents.use_added, 4),
    Edit(contents.declaration_added, 2),
    Edit(contents.export_renamed, 5),
    Edit(contents.ignored, 3),
    Edit(contents.broken, 2),
    Edit(contents.mended, 4),
    Edit(contents.touched, 3),
    Edit(contents.same_size, 3),
    Edit(contents.line_ends_changed, 2),
    Edit(contents.mark_changed, 1),
    Edit(contents.undone, 5),
    Edit(shapes.file_added, 3),
    Edit(shapes.file_deleted, 2),
    Edit(shapes.file_moved, 3),
    Edit(shapes.file_copied, 2),
    Edit(shapes.package_added, 2),
    Edit(shapes.package_deleted, 1),
    Edit(shapes.folder_renamed, 1),
    Edit(shapes.package_marker_changed, 2),
    Edit(shapes.package_beside, 1),
    Edit(shapes.linked, 2),
    Edit(shapes.folder_linked, 1),
    Edit(shapes.unlinked, 3),
    Edit(shapes.folder_named_as_a_file, 1),
    Edit(shapes.checkout_moved, 1),
    Edit(surroundings.configuration_changed, 3),
    Edit(surroundings.migration_changed, 3),
    Edit(surroundings.migration_deleted, 1),
    Edit(surroundings.gitignore_changed, 2),
    Edit(surroundings.project_changed, 1),
    Edit(surroundings.left_out_added, 1),
)


def edit(tree: Tree) -> str:
    """Do one to the tree, and tell which."""
    if tree.mends and tree.choice.random() < 0.7:
        mended = surroundings.configuration_mended(tree)
        if mended is not None:
            return mended
    while True:
        (chosen,) = tree.choice.choices(EDITS, [one.weight for one in EDITS])
        told = chosen.apply(tree)
        if told is not None:
            return f"{chosen.apply.__name__}: {told}"
