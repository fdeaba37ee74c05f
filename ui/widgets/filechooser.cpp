// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/filechooser.h>

#include <QFileDialog>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;

namespace {

/// The first suffix of a filter: "csv" of "CSV (*.csv)".
QString suffixOf(const QString &filter)
{
    const qsizetype star = filter.indexOf(u"*."_qs);
    if (star < 0)
        return {};
    qsizetype end = star + 2;
    while (end < filter.size() && filter[end].isLetterOrNumber())
        ++end;
    return filter.mid(star + 2, end - star - 2);
}

QFileDialog *makeDialog(QWidget *parent, const QString &title, const QStringList &filters,
                        const std::function<void(const QString &)> &chosen)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setObjectName(u"fileChooser"_qs);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters(filters);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [chosen](const QString &path) { chosen(path); });
    return dialog;
}

void openForSaving(QFileDialog *dialog, const QString &suggestion)
{
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffixOf(dialog->selectedNameFilter()));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(suffixOf(filter));
    });
    dialog->selectFile(suggestion);
    dialog->open();
}

} // namespace

void chooseFile(QWidget *parent, const QString &title, const QStringList &filters,
                const std::function<void(const QString &)> &chosen)
{
    QFileDialog *dialog = makeDialog(parent, title, filters, chosen);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->open();
}

void chooseNewFile(QWidget *parent, const QString &title, const QString &suggestion,
                   const QStringList &filters, const std::function<void(const QString &)> &chosen)
{
    openForSaving(makeDialog(parent, title, filters, chosen), suggestion);
}

void chooseFileToExtend(QWidget *parent, const QString &title, const QString &suggestion,
                        const QStringList &filters,
                        const std::function<void(const QString &)> &chosen)
{
    QFileDialog *dialog = makeDialog(parent, title, filters, chosen);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->setLabelText(QFileDialog::Accept, QFileDialog::tr("Add"));
    openForSaving(dialog, suggestion);
}

} // namespace edgewise::widgets
