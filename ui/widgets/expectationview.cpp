// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>
#include <models/textfile.h>
#include <theme/appearance.h>
#include <widgets/emptystate.h>
#include <widgets/expectationview.h>
#include <widgets/filechooser.h>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::ExpectationTableModel;

namespace {

/// The state's shape before the line, and what was not expected in its colour.
class ExpectationDelegate : public QStyledItemDelegate {
public:
    ExpectationDelegate(const theme::Appearance &appearance, QObject *parent)
        : QStyledItemDelegate(parent), m_appearance(appearance)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const int state = index.data(ExpectationTableModel::StateRole).toInt();
        const bool isMet = state == ExpectationTableModel::Met;
        if (index.column() == ExpectationTableModel::LineColumn) {
            option->icon = m_appearance.stateIcon(isMet ? theme::State::Ok
                                                  : state == ExpectationTableModel::Missed
                                                      ? theme::State::Bad
                                                      : theme::State::Late);
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->decorationSize = QSize(between, between);
        } else if (index.column() != ExpectationTableModel::WhyColumn) {
            option->font = theme::codeFont();
        }
        if (!isMet)
            option->backgroundBrush = state == ExpectationTableModel::Missed
                                          ? m_appearance.tokens().removed
                                          : m_appearance.tokens().changed;
    }

private:
    const theme::Appearance &m_appearance;
};

} // namespace

ExpectationView::ExpectationView(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_summary(new QLabel(this)),
      m_path(new QLabel(this)), m_table(new QTableView(this)),
      m_model(new ExpectationTableModel(this)),
      m_empty(new EmptyState(appearance, u"check"_qs, this))
{
    setObjectName(u"expectationView"_qs);
    m_open = new QAction(appearance.icon(u"data"_qs), tr("Open expectations…"), this);
    m_open->setObjectName(u"openExpectations"_qs);
    connect(m_open, &QAction::triggered, this, [this] {
        chooseFile(this, tr("Open expectations"),
                   {tr("Expectations (*.expect *.txt)"), tr("All files (*)")},
                   [this](const QString &path) { setFile(path); });
    });
    m_openButton = new QPushButton(m_open->icon(), m_open->text(), this);
    m_openButton->setObjectName(u"openExpectationsButton"_qs);
    connect(m_openButton, &QPushButton::clicked, m_open, &QAction::trigger);
    m_summary->setObjectName(u"expectationSummary"_qs);
    m_summary->setFont(theme::textFont(theme::TextSize::Heading, QFont::DemiBold));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_path->setObjectName(u"expectationPath"_qs);
    m_path->setTextFormat(Qt::PlainText);
    m_path->setForegroundRole(QPalette::PlaceholderText);
    m_path->setWordWrap(true);
    m_empty->setContent(tr("A file of golden expectations says what must never change: “this "
                           "entity with this context gets that”. Ask about an entity and add its "
                           "answer to a file, or open one."),
                        m_open);

    m_table->setObjectName(u"expectationTable"_qs);
    m_table->setAccessibleName(tr("Expectations and what is served"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ExpectationDelegate(appearance, m_table));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        const models::ExpectationRow &chosen = m_model->row(index.row());
        if (chosen.problem.isEmpty())
            emit expectationChosen(chosen.expectation);
    });

    auto *head = new QHBoxLayout;
    head->setSpacing(between);
    head->addWidget(m_summary, 1);
    head->addWidget(m_openButton, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(head);
    column->addWidget(m_path);
    column->addWidget(m_table, 1);
    column->addWidget(m_empty, 1);
    // Editors write a new file in the place of the old one, which ends the watch.
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this](const QString &path) {
        m_watcher.addPath(path);
        run();
    });
    setFile({});
}

ExpectationView::~ExpectationView() = default;

void ExpectationView::setState(const std::shared_ptr<const evaluation::Program> &program,
                               const QString &name)
{
    if (m_program == program && m_name == name)
        return;
    m_program = program;
    m_name = name;
    run();
}

void ExpectationView::setFile(const QString &path)
{
    if (!m_watcher.files().isEmpty())
        m_watcher.removePaths(m_watcher.files());
    const bool isOther = m_file != path;
    m_file = path;
    const bool hasFile = !path.isEmpty();
    m_path->setText(path);
    m_empty->setVisible(!hasFile);
    for (QWidget *each : {static_cast<QWidget *>(m_summary), static_cast<QWidget *>(m_path),
                          static_cast<QWidget *>(m_table), static_cast<QWidget *>(m_openButton)})
        each->setVisible(hasFile);
    if (hasFile)
        m_watcher.addPath(path);
    m_isAnswered = false;
    if (isOther)
        emit fileChanged(path);
    run();
}

QString ExpectationView::sentence() const
{
    return m_summary->text();
}

void ExpectationView::run()
{
    m_isAnswered = false;
    if (m_file.isEmpty() || !m_program)
        return;
    m_job.start(
        this,
        [file = m_file, program = m_program](const std::shared_ptr<models::JobProgress> &)
            -> Result<std::vector<models::ExpectationRow>> {
            const Result<QByteArray> text = models::readTextFile(u"reading expectations"_qs, file);
            if (!text)
                return text.error();
            return models::runExpectations(*program, evaluation::parseExpectations(*text));
        },
        [this](const Result<std::vector<models::ExpectationRow>> &rows) { take(rows); });
}

void ExpectationView::take(const Result<std::vector<models::ExpectationRow>> &rows)
{
    m_isAnswered = true;
    if (!rows) {
        m_finding = tr("the expectations cannot be read");
        m_model->setRows({});
        m_summary->setText(messages::sentence(rows.error()));
        emit answered();
        return;
    }
    const bool isFirst = m_model->rowCount() == 0;
    m_model->setRows(*rows);
    if (isFirst)
        m_table->resizeColumnsToContents();
    const int met = m_model->count(ExpectationTableModel::Met);
    const int missed = m_model->count(ExpectationTableModel::Missed);
    const int unreadable = m_model->count(ExpectationTableModel::Unreadable);
    QString text;
    if (met + missed == 0)
        text = tr("The file holds no expectation.");
    else if (missed == 0)
        text = met == 1 ? tr("The one expectation is met by %1.").arg(m_name)
                        : tr("All %1 expectations are met by %2.").arg(met).arg(m_name);
    else
        text = tr("%1 of %2 expectations are not met by %3.")
                   .arg(missed)
                   .arg(met + missed)
                   .arg(m_name);
    if (unreadable > 0)
        text += u' '
                + (unreadable == 1 ? tr("1 line cannot be read.")
                                   : tr("%1 lines cannot be read.").arg(unreadable));
    const theme::State state = missed > 0       ? theme::State::Bad
                               : unreadable > 0 ? theme::State::Late
                                                : theme::State::Ok;
    m_finding.clear();
    if (missed > 0)
        m_finding = tr("%1 of %2 expectations are not met").arg(missed).arg(met + missed);
    else if (unreadable > 0)
        m_finding = tr("a line of the expectations cannot be read");
    m_summary->setText(theme::stateGlyph(state) + u' ' + text);
    emit answered();
}

} // namespace edgewise::widgets
