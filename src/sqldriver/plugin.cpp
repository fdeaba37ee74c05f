// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/libsqldriver.h"

#include <QSqlDriverPlugin>

namespace edgewise::sqldriver {

/// Makes QLIBSQL known to any Qt program that finds this file in a folder `sqldrivers` of its
/// plugin path.
class LibsqlDriverPlugin final : public QSqlDriverPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "org.qt-project.Qt.QSqlDriverFactoryInterface" FILE "qlibsql.json")

public:
    QSqlDriver *create(const QString &key) override
    {
        return key == u"QLIBSQL" ? new LibsqlDriver : nullptr;
    }
};

} // namespace edgewise::sqldriver

#include "plugin.moc"
