// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled for the tests without a window: QTest alone costs a second in each of them.
#pragma once

#include "../src/pch.h"

#include <QProcess>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include "support/testprogram.h"
