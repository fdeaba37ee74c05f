// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>
#include <replication/paritypane.h>
#include <theme/appearance.h>
#include <widgets/busyindicator.h>

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using workspace::MismatchCause;
using workspace::ParityMismatch;
using workspace::ParityReport;

namespace {

enum Column { RequestColumn, FliptColumn, HereColumn, ThereColumn, CauseColumn, WhyColumn };

constexpr qint64 largestFile = 64 * 1024 * 1024;
constexpr int mostShown = 10'000; // mismatches; the counts go on

theme::State lookOf(MismatchCause cause)
{
    switch (cause) {
    case MismatchCause::Lag:
        return theme::State::Warn;
    case MismatchCause::Cache:
        return theme::State::Off;
    case MismatchCause::VersionRule:
        return theme::State::Late;
    case MismatchCause::Engine:
        return theme::State::Bad;
    }
    Q_UNREACHABLE();
}

/// "checkout for user-1 in default", or the number of those in a batch.
QString requestText(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (const QJsonValue requests = object[u"requests"]; requests.isArray())
        return ParityPane::tr("a batch of %1").arg(requests.toArray().size());
    return ParityPane::tr("%1 for %2 in %3")
        .arg(object[u"flag"].toString(), object[u"entity"].toString(),
             object[u"namespace"].toString());
}

/// "MATCH_EVALUATION_REASON" as "match".
QString reasonText(const QString &reason)
{
    return QString(reason).remove(u"_EVALUATION_REASON"_qs).replace(u'_', u' ').toLower();
}

QStandardItem *cell(const QString &text, const QString &tip = {})
{
    auto *item = new QStandardItem(text);
    item->setEditable(false);
    if (!tip.isEmpty())
        item->setToolTip(tip);
    return item;
}

} // namespace

QString mismatchCauseWord(MismatchCause cause)
{
    switch (cause) {
    case MismatchCause::Lag:
        return ParityPane::tr("lag");
    case MismatchCause::Cache:
        return ParityPane::tr("cache");
    case MismatchCause::VersionRule:
        return ParityPane::tr("version rule");
    case MismatchCause::Engine:
        return ParityPane::tr("bug here");
    }
    Q_UNREACHABLE();
}

QString replyText(const flipt::Reply &reply)
{
    const QJsonObject &response = reply.response;
    if (reply.status != 200)
        return u"%1 %2"_qs.arg(QString::number(reply.status), response[u"message"].toString());
    if (const QJsonValue responses = response[u"responses"]; responses.isArray())
        return ParityPane::tr("%1 answers").arg(responses.toArray().size());
    QString text;
    if (response.contains(u"enabled"))
        text = response[u"enabled"].toBool() ? u"true"_qs : u"false"_qs;
    else if (response[u"match"].toBool())
        text = response[u"variantKey"].toString();
    else
        text = ParityPane::tr("no match");
    return u"%1 (%2)"_qs.arg(text, reasonText(response[u"reason"].toString()));
}

ParityPane::ParityPane(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_ask(new QPushButton(tr("&Compare answers"))),
      m_file(new QPushButton(tr("Requests of a &file…"))),
      m_busy(new widgets::BusyIndicator(appearance)), m_sentence(new QLabel),
      m_model(new QStandardItemModel(this)), m_table(new QTableView)
{
    setObjectName(u"parityPane"_qs);
    m_ask->setObjectName(u"parityAsk"_qs);
    m_ask->setEnabled(false);
    m_file->setObjectName(u"parityFile"_qs);
    m_file->setEnabled(false);
    m_file->setToolTip(tr("JSON Lines, as edgewise-cli evaluate reads them"));
    m_sentence->setObjectName(u"paritySentence"_qs);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setText(
        tr("The same requests are put to the engine here, on the primary and on each replica, and "
           "to the Flipts in front; what differs is asked again, then explained."));
    m_table->setObjectName(u"parityMismatches"_qs);
    m_table->setAccessibleName(tr("Answers that differ"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(compactRow);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setIconSize({iconSmall, iconSmall});
    m_table->hide();
    auto *copy = new QAction(tr("Copy"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &ParityPane::copySelection);
    m_table->addAction(copy);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(m_ask);
    line->addWidget(m_file);
    line->addWidget(m_busy);
    line->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(line);
    column->addWidget(m_sentence);
    column->addWidget(m_table, 1);
    column->addStretch();
    connect(m_ask, &QPushButton::clicked, this, [this] { ask({}); });
    connect(m_file, &QPushButton::clicked, this, &ParityPane::chooseFile);
    connect(m_busy, &widgets::BusyIndicator::cancelRequested, this, &ParityPane::stop);
}

ParityPane::~ParityPane() = default;

void ParityPane::setMake(Make make)
{
    m_make = std::move(make);
    m_ask->setEnabled(bool(m_make));
    m_file->setEnabled(bool(m_make));
}

void ParityPane::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Requests"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("JSON Lines (*.jsonl *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &ParityPane::askFile);
    dialog->open();
}

void ParityPane::askFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return m_sentence->setText(tr("%1 was not read: %2").arg(path, file.errorString()));
    if (file.size() > largestFile)
        return m_sentence->setText(tr("%1 is larger than 64 MB.").arg(path));
    std::vector<QByteArray> lines;
    for (const QByteArray &text : file.readAll().split('\n')) {
        if (!text.trimmed().isEmpty())
            lines.push_back(text);
    }
    if (lines.empty())
        return m_sentence->setText(tr("%1 holds no requests.").arg(path));
    ask(std::move(lines));
}

void ParityPane::ask(std::vector<QByteArray> lines)
{
    if (!m_make)
        return;
    m_job = m_make(std::move(lines));
    if (!m_job.run)
        return m_sentence->setText(
            tr("No Flipt is known in front of these nodes. Name one when you open the connection, "
               "or start one in the lab."));
    m_causes.assign(size_t(m_job.flipts.size()), {});
    m_model->clear();
    m_model->setHorizontalHeaderLabels({tr("Request"), tr("Flipt"), tr("The engine here"),
                                        tr("The Flipt"), tr("Cause"), tr("Evidence")});
    connect(m_job.run.get(), &workspace::ParityRun::mismatched, this, &ParityPane::add);
    connect(m_job.run.get(), &workspace::ParityRun::finished, this, &ParityPane::finish);
    m_ask->setEnabled(false);
    m_file->setEnabled(false);
    m_busy->start(tr("Asking %1").arg(m_job.flipts.join(u", ")), true);
    m_job.run->start();
}

void ParityPane::stop()
{
    m_job.run.reset();
    m_busy->stop();
    m_ask->setEnabled(true);
    m_file->setEnabled(true);
    m_sentence->setText(tr("Stopped."));
}

void ParityPane::add(const ParityMismatch &mismatch)
{
    ++m_causes[size_t(mismatch.flipt)][mismatch.cause];
    if (m_model->rowCount() >= mostShown)
        return;
    QStandardItem *cause = cell(mismatchCauseWord(mismatch.cause));
    cause->setIcon(m_appearance.stateIcon(lookOf(mismatch.cause)));
    m_model->appendRow(
        {cell(requestText(mismatch.request), QString::fromUtf8(mismatch.request)),
         cell(m_job.flipts.value(mismatch.flipt)),
         cell(replyText(mismatch.engine), QString::fromUtf8(flipt::toJsonLine(mismatch.engine))),
         cell(replyText(mismatch.answer), QString::fromUtf8(flipt::toJsonLine(mismatch.answer))),
         cause, cell(mismatch.why, mismatch.why)});
}

QString ParityPane::summary(const ParityReport &report) const
{
    QStringList parts;
    for (size_t i = 0; i < report.flipts.size(); ++i) {
        const workspace::ParityTally &tally = report.flipts[i];
        QString part = tr("%1 %2 agrees on %3 of %4 answers")
                           .arg(m_job.flipts.value(qsizetype(i)), tally.version)
                           .arg(tally.agreed)
                           .arg(tally.asked);
        for (auto cause = m_causes[i].begin(); cause != m_causes[i].end(); ++cause)
            part +=
                u", %1 %2"_qs.arg(mismatchCauseWord(cause.key()), QString::number(cause.value()));
        if (tally.nodeDiffers)
            part +=
                *tally.nodeDiffers == 0
                    ? tr("; the engine answers the same by its database as by the primary")
                    : tr("; by its database the engine answers %1 otherwise than by the primary")
                          .arg(*tally.nodeDiffers);
        parts.append(part + u'.');
    }
    if (report.skipped > 0)
        parts.append(tr("%1 lines are no requests and were passed over.").arg(report.skipped));
    return parts.join(u' ');
}

void ParityPane::finish(const Result<ParityReport> &report)
{
    m_busy->stop();
    m_ask->setEnabled(true);
    m_file->setEnabled(true);
    m_sentence->setText(report ? summary(*report) : messages::sentence(report.error()));
    m_table->setVisible(m_model->rowCount() > 0);
    m_table->resizeColumnsToContents();
    constexpr int widest = 260;
    for (int column = RequestColumn; column < WhyColumn; ++column)
        m_table->setColumnWidth(column, std::min(widest, m_table->columnWidth(column)));
}

void ParityPane::copySelection()
{
    QStringList lines;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int column = RequestColumn; column <= WhyColumn; ++column)
            cells.append(row.siblingAtColumn(column).data().toString());
        lines.append(cells.join(u'\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace edgewise::replicationpage
