#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the tree to its own rules: who includes whom, sizes, and what the source must not contain.

check_structure.py ROOT QT_INCLUDE_FOLDER              exit 1 and a line per violation
check_structure.py ROOT QT_INCLUDE_FOLDER --self-test  plants a violation of each rule and expects it found
"""
import pathlib
import sys

import arrows
import bans
import planted
import tree


def violations(files, qt, keys):
    yield from arrows.check_includes(files, qt)
    yield from arrows.check_links(files)
    yield from arrows.check_table(files)
    yield from bans.check_patterns(files)
    yield from bans.check_connects(files)
    yield from bans.check_singletons(files)
    yield from bans.check_sizes(files)
    yield from bans.check_headers(files)
    yield from bans.check_foreign_names(files)
    yield from bans.check_oracle(files, keys)


def exceptions(root):
    table = {}
    for line in pathlib.Path(root, "tests/structure/exceptions.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            path, rule, reason = (part.strip() for part in line.split("|", 2))
            if not reason:
                sys.exit(f"exceptions.txt: {path} has no reason")
            table[path, rule] = reason
    return table


def main(root, qt_folder, *options):
    qt = arrows.QtHeaders(qt_folder)
    if qt.module("QSqlQuery") != "QtSql":
        sys.exit(f"no Qt headers in {qt_folder}")
    keys = bans.oracle_keys(pathlib.Path(root, "tests/data/oracle/flipt.db"))
    if not keys:
        sys.exit("no keys in the recorded database")
    if "--self-test" in options:
        return planted.self_test(lambda files: list(violations(files, qt, keys)), keys[0])

    files = tree.read(root)
    if sum(f.is_code for f in files) < 20:
        sys.exit(f"only {len(files)} files found in {root}")
    excepted, used, bad = exceptions(root), set(), 0
    for violation in violations(files, qt, keys):
        key = (violation.path, violation.rule)
        if key in excepted:
            used.add(key)
        else:
            print(violation)
            bad += 1
    for path, rule in excepted.keys() - used:
        print(f"tests/structure/exceptions.txt: {path} | {rule}: nothing to except any more")
        bad += 1
    print(f"{len(files)} files, {bad} violations")
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
