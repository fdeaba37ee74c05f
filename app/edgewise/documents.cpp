// SPDX-License-Identifier: GPL-3.0-or-later
#include "documents.h"

#include <changes/align.h>
#include <features/parse.h>
#include <features/print.h>
#include <messages/sentence.h>
#include <theme/appearance.h>
#include <widgets/messagebar.h>
#include <window/mainwindow.h>
#include <workspace/workspace.h>

#include <QDateTime>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QSaveFile>

namespace edgewise {

using namespace Qt::StringLiterals;

namespace {

const QString documentFilter = QStringLiteral("features (*.yml *.yaml *.json)");

features::Format formatOfFile(const QString &path)
{
    return features::formatOf(path).value_or(features::Format::Yaml);
}

} // namespace

Documents::Documents(window::MainWindow &window, const theme::Appearance &appearance,
                     workspace::Workspace &workspace, QObject *parent)
    : QObject(parent), m_window(window), m_workspace(workspace),
      m_import(new QAction(appearance.icon(u"add"_qs), tr("Import a document…"), this)),
      m_export(new QAction(appearance.icon(u"save"_qs), tr("Export as a document…"), this))
{
    m_import->setObjectName(u"importDocument"_qs);
    m_export->setObjectName(u"exportDocument"_qs);
    connect(m_import, &QAction::triggered, this, &Documents::askWhatToImport);
    connect(m_export, &QAction::triggered, this, [this] {
        askWhere(tr("Export as a document"), u"features.yml"_qs,
                 [this](const QString &path) { exportFile(path); });
    });
}

void Documents::askWhatToImport()
{
    auto *dialog = new QFileDialog(&m_window, tr("Import a document"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(documentFilter);
    connect(dialog, &QFileDialog::fileSelected, this, &Documents::importFile);
    dialog->open();
}

void Documents::askWhere(const QString &title, const QString &name,
                         const std::function<void(const QString &path)> &then)
{
    auto *dialog = new QFileDialog(&m_window, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(documentFilter);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, then);
    dialog->open();
}

void Documents::importFile(const QString &path)
{
    const auto refuse = [&](const QString &why) {
        m_window.showMessage({theme::State::Bad, tr("%1 cannot be imported.").arg(path), why});
    };
    if (!m_workspace.primary().hasReading())
        return refuse(tr("The primary has not been read yet."));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(file.errorString());
    const Result<features::Document> document = features::parse(file.readAll(), formatOfFile(path));
    if (!document)
        return refuse(messages::sentence(document.error()));
    const flags::Snapshot before = m_workspace.draft().current();
    const Result<void> done = m_workspace.draft().edit(
        tr("import %1").arg(QFileInfo(path).fileName()),
        [&](const flags::Snapshot &snapshot) -> Result<flags::Snapshot> {
            return changes::align(snapshot, document->snapshot, changes::AlignMode::Merge);
        });
    if (!done)
        return refuse(messages::sentence(done.error()));
    const bool isNew = m_workspace.draft().current() != before;
    m_window.showMessage({theme::State::Ok,
                          isNew ? tr("%1 is in the draft. Nothing is saved yet.").arg(path)
                                : tr("All of %1 is here already.").arg(path),
                          {}});
    if (isNew)
        emit imported();
}

void Documents::exportFile(const QString &path)
{
    write(path, m_workspace.draft().current(), tr("The draft is in %1.").arg(path));
}

void Documents::backUp(const std::function<void()> &then)
{
    const QString name =
        u"backup-%1.yml"_qs.arg(QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_qs));
    askWhere(tr("Back up what is saved"), name,
             [this, then, saved = m_workspace.draft().base()](const QString &path) {
                 if (write(path, saved, tr("What was saved before is in %1.").arg(path)))
                     then();
             });
}

bool Documents::write(const QString &path, const flags::Snapshot &snapshot, const QString &done)
{
    const Result<features::Printed> printed =
        features::print(snapshot, {.format = formatOfFile(path)});
    if (!printed) {
        m_window.showMessage({theme::State::Bad, tr("%1 was not written.").arg(path),
                              messages::sentence(printed.error())});
        return false;
    }
    QSaveFile file(path);
    const QByteArray &text = printed->text;
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        m_window.showMessage(
            {theme::State::Bad, tr("%1 was not written.").arg(path), file.errorString()});
        return false;
    }
    QStringList unsaid; // what no document can hold
    for (const features::Warning &warning : printed->warnings)
        unsaid.append(warning.text);
    m_window.showMessage({unsaid.isEmpty() ? theme::State::Ok : theme::State::Late, done,
                          unsaid.mid(0, 5).join(u"; "_qs)});
    return true;
}

} // namespace edgewise
