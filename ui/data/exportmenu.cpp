// SPDX-License-Identifier: GPL-3.0-or-later
#include <data/exportmenu.h>

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSaveFile>

namespace edgewise::datapage {

using namespace Qt::StringLiterals;
using models::RowFormat;

ExportMenu::ExportMenu(const QString &name, Source source, QWidget *parent)
    : QMenu(parent), m_source(std::move(source))
{
    setObjectName(name);
    struct Choice {
        RowFormat format;
        QString word;
        QString suffix;
    };
    const Choice choices[] = {{RowFormat::Csv, tr("CSV"), u"csv"_qs},
                              {RowFormat::Json, tr("JSON"), u"json"_qs},
                              {RowFormat::Sql, tr("SQL"), u"sql"_qs}};
    for (const Choice &choice : choices) {
        QAction *action = addAction(tr("Copy as %1").arg(choice.word), this,
                                    [this, format = choice.format] { copy(format); });
        action->setObjectName(name + u"Copy"_qs + choice.suffix);
    }
    addSeparator();
    for (const Choice &choice : choices) {
        QAction *action = addAction(
            tr("Save as %1…").arg(choice.word), this,
            [this, format = choice.format, suffix = choice.suffix] { save(format, suffix); });
        action->setObjectName(name + u"Save"_qs + choice.suffix);
    }
}

void ExportMenu::copy(RowFormat format) const
{
    const Rows rows = m_source();
    QGuiApplication::clipboard()->setText(
        QString::fromUtf8(models::rowsText(format, rows.columns, rows.rows, rows.table)));
}

void ExportMenu::save(RowFormat format, const QString &suffix)
{
    auto *dialog = new QFileDialog(this, tr("Save the rows"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(u"*."_qs + suffix);
    const Rows rows = m_source();
    const QByteArray text = models::rowsText(format, rows.columns, rows.rows, rows.table);
    connect(dialog, &QFileDialog::fileSelected, this, [this, text](const QString &path) {
        QSaveFile file(path);
        const bool isWritten =
            file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
        emit saved(path, isWritten ? QString() : file.errorString());
    });
    dialog->open();
}

} // namespace edgewise::datapage
