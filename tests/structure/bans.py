# SPDX-License-Identifier: GPL-3.0-or-later
"""What the source must not hold, line by line."""
import re
import sqlite3

from tree import Violation

PROGRAM = ("src/", "ui/", "app/")

# rule, folders, pattern (searched in code without comments and literals), what to do instead.
PATTERNS = [
    ("string-connect", PROGRAM + ("tests/",), r"\b(SIGNAL|SLOT)\s*\(", "connect by member pointers"),
    ("sender", PROGRAM, r"\bsender\s*\(\s*\)", "capture the object in a lambda with a context"),
    ("nested-loop", PROGRAM, r"\bprocessEvents\b|\bQEventLoop\b", "the GUI thread never waits: use futures"),
    ("nested-loop", ("ui/",), r"(?:\.|->)exec\s*\(", "open() or popup(), and go on in a slot"),
    ("nested-loop", ("ui/",),
     r"\bQMessageBox::(question|information|warning|critical)\s*\(|\bQFileDialog::get\w+\s*\(|\bQInputDialog::get\w+\s*\(",
     "build the dialog and open() it"),
    ("blocking", ("ui/", "src/workspace/", "src/models/"), r"(?:\.|->)waitFor\w+\s*\(", "then(this, …)"),
    ("sleep", PROGRAM, r"\bQThread::(m|u)?sleep\s*\(|\bsleep_for\s*\(", "a timer, or a wait with a deadline"),
    ("sleep", ("tests/",), r"\bQTest::q(Wait|Sleep)\s*\(|\bQThread::(m|u)?sleep\s*\(", "QTRY_…"),
    ("direct-call", ("tests/ui/", "tests/integration/"),
     r"(?:\.|->)(trigger|click|animateClick|toggle)\s*\(\s*\)|\binvokeMethod\s*\(",
     "real key and mouse events (QTest::mouseClick, keyClicks)"),
    ("row-door", ("src/store/", "src/workspace/", "src/models/", "ui/", "app/"), r"\bhrana\s*::",
     "rows are reached through QSqlQuery or the driver's batch"),
    ("colour", ("ui/", "app/"),
     r"\bQColor\s*[({]\s*(0x|\d|\"|Qt::)|\bqRgba?\s*\(|\bQt::(dark|light)?([Rr]ed|[Gg]reen|[Bb]lue|[Yy]ellow|[Cc]yan"
     r"|[Mm]agenta|[Gg]ray)\b|\bQt::(black|white)\b",
     "colours live in ui/theme"),
    ("namespace", PROGRAM, r"^\s*using namespace std\s*;", "name what is used"),
]
# The same, searched with the literals left in.
LITERAL_PATTERNS = [
    ("colour", ("ui/", "app/"), r'"[^"\n]*#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b[^"\n]*"|"\s*rgba?\(',
     "colours live in ui/theme"),
    ("sql-text", ("src/base/", "src/flags/", "src/messages/", "src/changes/", "src/features/", "src/evaluation/",
                  "src/flipt/", "src/secrets/", "src/settings/", "src/models/", "ui/", "app/"),
     r'"\s*(?i:select\s+[\w*"(]|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+table\s|pragma\s+\w)',
     "SQL text lives in src/store"),
]


def check_patterns(files):
    for file in files:
        if not file.is_code:
            continue
        for table, text in ((PATTERNS, file.bare_code), (LITERAL_PATTERNS, file.code)):
            for rule, folders, pattern, instead in table:
                if not file.path.startswith(folders) or (rule == "colour" and file.path.startswith("ui/theme/")):
                    continue
                for match in re.finditer(pattern, text, re.MULTILINE):
                    yield Violation(file.path, file.line_of(match.start()), rule, instead)


def arguments(text, start):
    """The arguments of the call whose '(' is at `start`, split at its commas; None when it never ends."""
    depth, part, parts = 0, "", []
    for i in range(start, min(len(text), start + 4000)):
        c = text[i]
        if c in "([{":
            depth += 1
            if depth == 1:
                continue
        elif c in ")]}":
            depth -= 1
            if depth == 0:
                return parts + [part.strip()]
        elif c == "," and depth == 1:
            parts.append(part.strip())
            part = ""
            continue
        part += c
    return None


def check_connects(files):
    """A lambda without a context object outlives what it captured."""
    for file in files:
        if not file.is_code or not file.path.startswith(PROGRAM):
            continue
        for match in re.finditer(r"\bconnect\s*(\()", file.bare_code):
            parts = arguments(file.bare_code, match.start(1))
            if parts and len(parts) == 3 and parts[2].startswith("["):
                yield Violation(file.path, file.line_of(match.start()), "connect-context", "name a context object")
        for match in re.finditer(r"\bsingleShot\s*(\()", file.bare_code):
            parts = arguments(file.bare_code, match.start(1))
            if parts and len(parts) == 2 and parts[1].startswith("["):
                yield Violation(file.path, file.line_of(match.start()), "connect-context", "name a context object")


def check_singletons(files):
    for file in files:
        if not file.is_code or not file.path.startswith(PROGRAM):
            continue
        for match in re.finditer(r"(?:\b(\w+)\s*::\s*)?\binstance\s*\(\s*\)", file.bare_code):
            if not re.match(r"Q[A-Z]", match.group(1) or ""):
                yield Violation(file.path, file.line_of(match.start()), "singleton", "pass it to the constructor")


LIMITS = {".cpp": 600, ".h": 250}


def check_sizes(files):
    for file in files:
        if file.is_code and file.path.startswith(PROGRAM + ("tests/",)):
            lines = file.text.count("\n")
            if lines > LIMITS[file.suffix]:
                yield Violation(file.path, lines, "size", f"{lines} lines, over {LIMITS[file.suffix]}: split it")


def check_headers(files):
    for file in files:
        source = file.is_code or file.suffix in (".py", ".cmake") or file.name == "CMakeLists.txt" or (
            file.text.startswith("#!"))
        if source and "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(file.text.split("\n")[:3]):
            yield Violation(file.path, 1, "spdx", "begin with the SPDX line")
        if file.suffix == ".h" and "#pragma once" not in file.text:
            yield Violation(file.path, 1, "pragma-once", "headers guard themselves with #pragma once")
        if file.is_code:
            for match in re.finditer(r"^\s*(//|/\*)\s*[-=*/#~]{4,}", file.text, re.MULTILINE):
                yield Violation(file.path, file.line_of(match.start()), "banner", "no banners")


# Put together here, so that this file does not hold what it forbids.
FOREIGN = re.compile("|".join([
    r"py" + r"pi\.org", r"python" + r"hosted\.org", r"proxy\.golang" + r"\.org", r"registry\.np" + r"mjs",
    r"crates" + r"\.io", r"deb\.debian" + r"\.org", r"(?<![\w.])/wo" + r"rk/", r"design" + r"\.md", r"\blook" + r"\.md",
    r"\bfacts" + r"/",
]))


def check_foreign_names(files):
    """The repository speaks of itself: no package registry's host, no path of one machine."""
    for file in files:
        if file.path.startswith("tests/data/") or file.name == "LICENSE":
            continue
        for match in FOREIGN.finditer(file.text):
            yield Violation(file.path, file.line_of(match.start()), "foreign-name", f"'{match.group()}'")


def oracle_keys(database):
    """Keys of the recorded database that nobody writes by chance: longer than 5 characters, with a digit."""
    connection = sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)
    keys = {row[0] for table in ("flags", "segments") for row in connection.execute(f"select key from {table}")}
    connection.close()
    return sorted(k for k in keys if len(k) > 5 and any(c.isdigit() for c in k))


def check_oracle(files, keys):
    for file in files:
        if file.path.startswith(PROGRAM) and file.is_code:
            for key in keys:
                position = file.code.find('"' + key)
                if position >= 0:
                    yield Violation(file.path, file.line_of(position), "oracle", f"'{key}' is a recorded test datum")
