# SPDX-License-Identifier: GPL-3.0-or-later
"""Which folder may include which: the arrows of ARCHITECTURE.md."""
import pathlib
import re

from tree import Violation

# A folder may include itself, base, what stands here, and what that may include in turn.
SRC = {
    "base": [],
    "messages": ["flags", "doctor"],
    "flags": [],
    "changes": ["flags"],
    "doctor": ["changes"],
    "features": ["flags"],
    "evaluation": ["flags"],
    "hrana": [],
    "sqldriver": ["hrana"],
    "store": ["flags", "changes", "sqldriver"],
    "replication": ["hrana", "store"],
    "flipt": ["flags"],
    "lab": ["hrana"],
    "secrets": [],
    "settings": [],
    "workspace": ["messages", "features", "evaluation", "replication", "flipt", "secrets", "settings"],
    "models": ["workspace"],
}
# Rows are reached through QSqlQuery or the driver's batch alone, so only these may speak the protocol.
HRANA_USERS = {"hrana", "sqldriver", "replication", "lab"}

UI_SHARED = {"theme": set(), "widgets": {"theme"}}
UI_FEATURES = {"flags", "namespaces", "segments", "review", "whatif", "replication", "data", "history", "lab", "connections"}

# What a folder of src/ may take of Qt beside Core. Gui and Widgets: none of them.
QT_MODULES = {
    "hrana": {"QtNetwork"},
    "sqldriver": {"QtSql"},
    "store": {"QtSql", "QtConcurrent"},
    "replication": {"QtNetwork", "QtConcurrent"},
    "flipt": {"QtNetwork"},
    "lab": {"QtNetwork"},
    "evaluation": {"QtConcurrent"},
    "workspace": {"QtSql", "QtNetwork", "QtConcurrent"},
    "models": {"QtConcurrent"},
    "app/cli": {"QtNetwork", "QtConcurrent"},
}
KNOWN_MODULES = ["QtGui", "QtWidgets", "QtCharts", "QtSvg", "QtSvgWidgets", "QtPrintSupport", "QtOpenGL",
                 "QtSql", "QtNetwork", "QtConcurrent", "QtTest"]


def reach(folder, table=SRC):
    reached, todo = {folder, "base"}, list(table[folder])
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += table[name]
    if folder not in HRANA_USERS:
        reached.discard("hrana")
    return reached


def allowed_folders(folder):
    """The folders, as src/NAME and ui/NAME, that a file of `folder` may include; None for any."""
    root, _, name = folder.partition("/")
    every_src = {"src/" + n for n in SRC}
    if root == "src":
        return {"src/" + n for n in reach(name)} if name in SRC else {folder}
    if root == "ui":
        ui = UI_SHARED[name] | {name} if name in UI_SHARED else {"theme", "widgets", name}
        if name == "window":
            ui |= UI_FEATURES
        return {"ui/" + n for n in ui} | (every_src - {"src/hrana", "src/sqldriver"})
    if folder == "app/cli":
        return {"app/cli"} | (every_src - {"src/hrana", "src/sqldriver"})
    return None


class QtHeaders:
    """Which module a Qt header belongs to, from the installed headers."""

    def __init__(self, include_folder):
        self.modules = {}
        for module in KNOWN_MODULES:
            folder = pathlib.Path(include_folder, module)
            if folder.is_dir():
                self.modules.update((p.name, module) for p in folder.iterdir() if p.is_file())

    def module(self, header):
        head, slash, _ = header.partition("/")
        if slash and head.startswith("Qt"):
            return head
        return self.modules.get(header)


def resolve(file, name, quoted, paths):
    """The room of an included project header, or None when it is none."""
    if quoted and "/" not in name:
        return None  # a neighbour
    for prefix in ("src/", "ui/", "app/"):
        if prefix + name in paths:
            parts = (prefix + name).split("/")
            if prefix == "app/":
                return "app/cli" if parts[1] == "cli" else "app"
            return "/".join(parts[:2])
    return None


def check_includes(files, qt):
    paths = {f.path for f in files}
    for file in files:
        folder = file.folder()
        if not file.is_code or not folder or folder.startswith("tests"):
            continue
        allowed = allowed_folders(folder)
        root, _, name = folder.partition("/")
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', file.code, re.MULTILINE):
            header, line = match.group(2), file.line_of(match.start())
            target = resolve(file, header, match.group(1) == '"', paths)
            if target and allowed is not None and target not in allowed:
                yield Violation(file.path, line, "arrow", f"{folder} must not include {target}")
            if header.startswith("../"):
                yield Violation(file.path, line, "arrow", "include by folder and file, never by ../")
            module = qt.module(header)
            if re.fullmatch(r"Qt[A-Z]\w+", header) and header not in ("QtGlobal", "QtEndian", "QtMath", "QtTest",
                                                                       "QtConcurrentRun"):
                yield Violation(file.path, line, "include", f"include classes one by one, not all of {header}")
            if module is None or module == "QtCore":
                continue
            if root == "src" and module not in QT_MODULES.get(name, set()):
                yield Violation(file.path, line, "qt-module", f"{folder} must not use {module} ({header})")
            if folder == "app/cli" and module not in QT_MODULES["app/cli"]:
                yield Violation(file.path, line, "qt-module", f"{folder} must not use {module} ({header})")


def check_links(files):
    """The link lines of CMake say the same as the includes."""
    for file in files:
        if file.name != "CMakeLists.txt" or not (file.path.startswith(("src/", "ui/", "app/cli/"))):
            continue
        folder = "app/cli" if file.path.startswith("app/") else "/".join(file.path.split("/")[:2])
        if folder.endswith("CMakeLists.txt"):
            continue
        allowed = allowed_folders(folder)
        for match in re.finditer(r"Edgewise::(ui_)?(\w+)", file.text):
            target = ("ui/" if match.group(1) else "src/") + match.group(2)
            # The driver is linked where it must be registered, its rows still come by QSqlQuery; cli is itself.
            if target not in allowed and target not in ("src/sqldriver", "src/cli"):
                yield Violation(file.path, file.line_of(match.start()), "arrow", f"{folder} must not link {target}")


def check_table(files):
    """Every folder is in the table, so that a new one has to be given its arrows."""
    for file in files:
        root, _, name = file.folder().partition("/")
        known = set(SRC) if root == "src" else set(UI_SHARED) | UI_FEATURES | {"window"} if root == "ui" else None
        if known is not None and name not in known and file.is_code:
            yield Violation(file.path, 1, "arrow", f"{root}/{name} has no arrows in tests/structure/arrows.py")
