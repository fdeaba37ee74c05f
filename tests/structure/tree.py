# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a source tree, and C++ text without what only people read."""
import dataclasses
import functools
import os
import pathlib
import re

SKIPPED = {".git", ".cache", "build", "__pycache__"}
CODE = {".cpp", ".h"}


@dataclasses.dataclass(frozen=True)
class Violation:
    path: str  # relative to the root
    line: int
    rule: str
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


@dataclasses.dataclass(frozen=True)
class File:
    path: str  # relative to the root, with slashes
    text: str

    @property
    def suffix(self):
        return pathlib.PurePosixPath(self.path).suffix

    @property
    def name(self):
        return pathlib.PurePosixPath(self.path).name

    @property
    def is_code(self):
        return self.suffix in CODE

    @functools.cached_property
    def code(self):
        """The text with comments blanked, line breaks and columns kept."""
        return blank_comments(self.text)

    @functools.cached_property
    def bare_code(self):
        """As `code`, with the insides of literals blanked too."""
        return re.sub(r'"(?:\\.|[^"\\\n])*"', lambda m: '"' + " " * (len(m.group()) - 2) + '"', self.code)

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def folder(self):
        """The room a file belongs to: src/NAME, ui/NAME, app, app/cli or tests/NAME; '' for others."""
        parts = self.path.split("/")
        if parts[0] in ("src", "ui", "tests") and len(parts) > 2:
            return "/".join(parts[:2])
        if parts[0] == "app":
            return "app/cli" if parts[1] == "cli" else "app"
        return ""


def blank_comments(text):
    pattern = r'R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/'

    def blank(match):
        token = match.group()
        return re.sub(r"[^\n]", " ", token) if token.startswith("/") else token

    return re.sub(pattern, blank, text, flags=re.DOTALL)


def read(root):
    """All text files below `root` but what is built, sorted by path."""
    files = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED)
        for name in sorted(set(names) - SKIPPED):
            path = pathlib.Path(folder, name)
            try:
                text = path.read_text(encoding="utf-8")
            except (UnicodeDecodeError, FileNotFoundError):
                continue  # a picture, a database, or a dangling link
            files.append(File(path.relative_to(root).as_posix(), text))
    return files
