"""What can keep a file of the tree from being read at all, or from having one name."""

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import Example, Problem

# Neither example can be written as text: it is the kind of file, not its content, that is at fault.
_ANY = Example(bad={"shop/api.py": "«»"}, good={"shop/api.py": ""})

FILE_NOT_READ = Problem(
    code="IG1101",
    slug="file-not-read",
    severity=Severity.WARNING,
    summary="this file was not read: {reason}",
    why="What it declares and uses is missing from the graph.",
    help="make it a regular, readable file, or list it under 'exclude' in infragraph.yaml",
    example=_ANY,
)

DIRECTORY_NOT_READ = Problem(
    code="IG1102",
    slug="directory-not-read",
    severity=Severity.WARNING,
    summary="this directory was not read: {reason}",
    why="What the files below it declare and use is missing from the graph.",
    help="make it readable, or list it under 'exclude' in infragraph.yaml",
    example=_ANY,
)

MODULE_HIDDEN = Problem(
    code="IG1103",
    slug="module-hidden",
    severity=Severity.WARNING,
    summary="this module is hidden by the package {package!r} of the same name",
    why="Python imports the package, so nothing in this file takes part in the application.",
    help="rename one of the two",
    example=Example(
        bad={"shop/events.py": "«»", "shop/events/__init__.py": "", "shop/__init__.py": ""},
        good={"shop/events/__init__.py": "", "shop/__init__.py": ""},
    ),
)

MODULE_NAMED_TWICE = Problem(
    code="IG1104",
    slug="module-named-twice",
    severity=Severity.WARNING,
    summary="this file would be imported as {module!r}, which is the name of {other!r} too",
    why="Only one of the two can be what an import of that name means.",
    help="list the folders that imports start from under 'roots', or analyze the two apart",
    example=Example(
        bad={
            "a/lib/__init__.py": "",
            "a/main.py": "import lib\n",
            "b/lib/__init__.py": "«»",
            "b/start.py": "import lib\n",
        },
        good={"a/lib/__init__.py": "", "a/main.py": "import lib\n"},
    ),
)

TREE_PROBLEMS = (FILE_NOT_READ, DIRECTORY_NOT_READ, MODULE_HIDDEN, MODULE_NAMED_TWICE)
