// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace edgewise::widgets {

/// Asks which file to open, or where to save, and calls back with its path; not when nothing is
/// chosen, nor when `parent` has gone. Never blocks. A filter is "CSV (*.csv)"; the chosen one's
/// suffix is added to a name that has none.
void chooseFile(QWidget *parent, const QString &title, const QStringList &filters,
                const std::function<void(const QString &)> &chosen);
void chooseNewFile(QWidget *parent, const QString &title, const QString &suggestion,
                   const QStringList &filters, const std::function<void(const QString &)> &chosen);
/// One that may be there or not: to be added to, never replaced.
void chooseFileToExtend(QWidget *parent, const QString &title, const QString &suggestion,
                        const QStringList &filters,
                        const std::function<void(const QString &)> &chosen);

} // namespace edgewise::widgets
