# SPDX-License-Identifier: GPL-3.0-or-later
"""A planted violation of every rule, and clean neighbours that must pass."""
from tree import File

SPDX = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
# Headers that the planted includes name.
HEADERS = [File(path, SPDX + "#pragma once\n") for path in (
    "src/base/result.h", "src/flags/values.h", "src/hrana/stream.h", "src/store/connection.h", "src/lab/lab.h",
    "src/workspace/draft.h", "src/evaluation/program.h", "ui/theme/theme.h", "ui/flags/page.h", "ui/window/window.h",
    "app/cli/source.h")]


def cases(oracle_key):
    """rule, path, text after the SPDX line (or the whole text when it begins with '!')."""
    return [
        ("arrow", "src/flags/a.cpp", "#include <store/connection.h>\n"),
        ("arrow", "src/evaluation/a.cpp", '#include "../flags/values.h"\n'),
        ("arrow", "src/workspace/a.cpp", "#include <lab/lab.h>\n"),
        ("arrow", "src/store/a.cpp", "#include <hrana/stream.h>\n"),
        ("arrow", "src/store/a.cpp", "#include <workspace/draft.h>\n"),
        ("arrow", "ui/review/a.cpp", "#include <flags/page.h>\n"),
        ("arrow", "ui/theme/a.cpp", "#include <window/window.h>\n"),
        ("arrow", "app/cli/a.cpp", "#include <theme/theme.h>\n"),
        ("arrow", "src/unheard/a.cpp", ""),
        ("arrow", "src/flags/CMakeLists.txt",
         "!# SPDX-License-Identifier: GPL-3.0-or-later\nedgewise_library(flags SOURCES a.cpp LINKS Edgewise::store)\n"),
        ("qt-module", "src/models/a.cpp", "#include <QColor>\n"),
        ("qt-module", "src/models/a.cpp", "#include <QtGui/QIcon>\n"),
        ("qt-module", "src/flags/a.cpp", "#include <QSqlQuery>\n"),
        ("qt-module", "src/evaluation/a.cpp", "#include <QNetworkAccessManager>\n"),
        ("qt-module", "app/cli/a.cpp", "#include <QtWidgets/QWidget>\n"),
        ("include", "ui/flags/a.cpp", "#include <QtWidgets>\n"),
        ("string-connect", "ui/flags/a.cpp", "connect(a, SIGNAL(x()), b, SLOT(y()));\n"),
        ("sender", "ui/flags/a.cpp", "auto *s = sender();\n"),
        ("nested-loop", "src/workspace/a.cpp", "QEventLoop loop;\n"),
        ("nested-loop", "ui/flags/a.cpp", "qApp->processEvents();\n"),
        ("nested-loop", "ui/flags/a.cpp", "dialog.exec();\n"),
        ("nested-loop", "ui/flags/a.cpp", "QMessageBox::question(this, {}, {});\n"),
        ("blocking", "ui/flags/a.cpp", "future.waitForFinished();\n"),
        ("sleep", "src/lab/a.cpp", "QThread::msleep(10);\n"),
        ("sleep", "tests/ui/a.cpp", "QTest::qWait(10);\n"),
        ("direct-call", "tests/ui/a.cpp", "button->click();\n"),
        ("row-door", "app/cli/a.cpp", "edgewise::hrana::Stream stream;\n"),
        ("colour", "ui/flags/a.cpp", 'QColor c(u"#ff0000"_qs);\n'),
        ("colour", "ui/flags/a.cpp", "setColor(Qt::darkRed);\n"),
        ("namespace", "src/flags/a.cpp", "using namespace std;\n"),
        ("sql-text", "ui/flags/a.cpp", 'auto q = u"select key from flags"_qs;\n'),
        ("connect-context", "ui/flags/a.cpp", "connect(button, &QPushButton::clicked, [this] { go(a, b); });\n"),
        ("connect-context", "src/lab/a.cpp", "QTimer::singleShot(10, [this] { go(); });\n"),
        ("singleton", "src/settings/a.cpp", "Settings::instance().value();\n"),
        ("singleton", "src/settings/a.h", "#pragma once\nstatic Settings &instance();\n"),
        ("size", "src/flags/a.cpp", "\n" * 600),
        ("size", "src/flags/a.h", "#pragma once\n" + "\n" * 250),
        ("spdx", "src/flags/a.cpp", "!int a;\n"),
        ("spdx", "packaging/a", "!#!/bin/sh\n"),
        ("pragma-once", "src/flags/a.h", "int a;\n"),
        ("banner", "src/flags/a.cpp", "//" + "=" * 10 + "\n"),
        ("foreign-name", "packaging/a.txt", "!https://py" + "pi.org/simple\n"),
        ("foreign-name", "README.md", "!see /wo" + "rk/main\n"),
        ("oracle", "src/evaluation/a.cpp", f'auto key = u"{oracle_key}"_qs;\n'),
    ]


CLEAN = [
    File("src/flags/clean.cpp", SPDX + "#include <base/result.h>\n// no sender(), no \"select 1 from x\"\n"
                                       'auto text = u"SIGNAL( and sender() in a sentence"_qs;\n'),
    File("src/replication/clean.cpp", SPDX + "#include <hrana/stream.h>\n#include <flags/values.h>\nhrana::Stream s;\n"),
    File("ui/window/clean.cpp", SPDX + "#include <flags/page.h>\n#include <QWidget>\n#include <workspace/draft.h>\n"
                                       "connect(a, &A::b, this, [this] { go(a, b); });\n"
                                       "connect(a, &A::b, this, &C::d);\nQCoreApplication::instance();\n"),
    File("ui/theme/clean.cpp", SPDX + 'QColor c(u"#123456"_qs);\n'),
    File("app/cli/clean.cpp", SPDX + "#include <store/connection.h>\n#include <QCoreApplication>\n"),
]


def self_test(check, oracle_key):
    failed = 0
    for rule, path, text in cases(oracle_key):
        file = File(path, text[1:] if text.startswith("!") else SPDX + text)
        found = {v.rule for v in check([*HEADERS, file]) if v.path == path}
        if rule not in found:
            print(f"not found: {rule} in {path}: {text.strip()[:80]!r}; found {sorted(found)}")
            failed += 1
    for violation in check([*HEADERS, *CLEAN]):
        print(f"wrongly found: {violation}")
        failed += 1
    print(f"{len(cases(oracle_key))} planted violations, {failed} judged wrongly")
    return 1 if failed else 0
