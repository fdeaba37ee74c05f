// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/sqlresultmodel.h>

#include <QMenu>

#include <functional>

namespace edgewise::datapage {

/// Copies or saves rows as CSV, JSON or SQL.
class ExportMenu : public QMenu {
    Q_OBJECT

public:
    struct Rows {
        QStringList columns;
        QList<QVariantList> rows;
        QString table; ///< that INSERT statements name
    };
    /// Asked when something is chosen.
    using Source = std::function<Rows()>;

    /// `name` begins the object names of the actions.
    ExportMenu(const QString &name, Source source, QWidget *parent = nullptr);

signals:
    /// `problem` is empty when the file was written.
    void saved(const QString &path, const QString &problem);

private:
    void copy(models::RowFormat format) const;
    void save(models::RowFormat format, const QString &suffix);

    Source m_source;
};

} // namespace edgewise::datapage
