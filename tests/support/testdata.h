// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace edgewise::test {

/// Absolute path of a file below tests/data.
QString dataPath(const QString &name);

/// Absolute path of the database that a real Flipt wrote.
QString oracleDatabase();

/// Absolute path of a file of the source tree. Not by QFINDTESTDATA: ccache makes the paths that it
/// goes by relative.
QString sourcePath(const QString &name);

/// The whole content of a file below tests/data, unpacked when its name ends in .gz. Ends the test
/// program with a message when the file cannot be read: a missing input is never a passing test.
QByteArray dataContent(const QString &name);

} // namespace edgewise::test
