// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <QFileInfo>

namespace edgewise::test {

namespace {

QMap<QString, Registration::Run> &registered()
{
    static QMap<QString, Registration::Run> tests;
    return tests;
}

} // namespace

Registration::Registration(const char *file, Run run)
{
    registered().insert(QFileInfo(QString::fromLocal8Bit(file)).completeBaseName(), run);
}

int runTests(int argc, char **argv)
{
    const QString name = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (const auto run = registered().value(name)) {
        argv[1] = argv[0];
        return run(argc - 1, argv + 1);
    }
    int code = 0;
    for (const Registration::Run run : std::as_const(registered()))
        code += run(argc, argv);
    return code;
}

} // namespace edgewise::test
