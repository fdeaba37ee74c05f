// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <whatif/outcomeview.h>
#include <whatif/parts.h>
#include <widgets/differencedelegate.h>

#include <QCheckBox>
#include <QSortFilterProxyModel>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::OutcomeTableModel;

/// Rows that the two states serve differently, or all.
class DifferenceFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setOnlyDifferences(bool only)
    {
        m_only = only;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &parent) const override
    {
        return !m_only
               || sourceModel()
                      ->index(sourceRow, 0, parent)
                      .data(OutcomeTableModel::DiffersRole)
                      .toBool();
    }

private:
    bool m_only = false;
};

namespace {

widgets::DifferenceDelegate::Look lookOf(const QModelIndex &index)
{
    const bool differs = index.data(OutcomeTableModel::DiffersRole).toBool();
    return {differs ? widgets::Difference::Changed : widgets::Difference::None,
            differs && index.column() != OutcomeTableModel::FlagColumn};
}

} // namespace

OutcomeView::OutcomeView(const theme::Appearance &appearance, QAction *keep, QWidget *parent)
    : QWidget(parent), m_summary(new QLabel(this)),
      m_onlyDifferences(new QCheckBox(tr("Only differences"), this)), m_table(new QTableView(this)),
      m_outcomes(new OutcomeTableModel(this)), m_filtered(new DifferenceFilter(this))
{
    m_summary->setObjectName(u"outcomeSummary"_qs);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_onlyDifferences->setObjectName(u"onlyDifferences"_qs);
    m_filtered->setSourceModel(m_outcomes);
    connect(m_onlyDifferences, &QCheckBox::toggled, m_filtered,
            &DifferenceFilter::setOnlyDifferences);
    m_table->setObjectName(u"outcomeTable"_qs);
    m_table->setAccessibleName(tr("What every flag answers"));
    m_table->setModel(m_filtered);
    m_table->setItemDelegate(new widgets::DifferenceDelegate(appearance, lookOf, m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    prepareView(m_table);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        emit flagChosen(FlagKey(index.data(OutcomeTableModel::KeyRole).toString()));
    });

    auto *head = new QHBoxLayout;
    head->setSpacing(between);
    head->addWidget(m_summary, 1);
    head->addWidget(m_onlyDifferences);
    auto *keepButton = makeButton(keep, this);
    keepButton->setObjectName(u"keepAllExpectationsButton"_qs);
    head->addWidget(keepButton);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(head);
    column->addWidget(m_table, 1);
}

void OutcomeView::setOutcomes(const std::vector<models::FlagOutcome> &outcomes,
                              const Question &question)
{
    const bool areTwo = question.second != nullptr;
    m_outcomes->setOutcomes(outcomes, question.firstName, areTwo ? question.secondName : QString());
    m_onlyDifferences->setVisible(areTwo);
    if (!areTwo)
        m_onlyDifferences->setChecked(false);
    m_summary->setText(summary(question));
}

QString OutcomeView::summary(const Question &question) const
{
    const int differences = m_outcomes->differenceCount();
    if (question.areEqual)
        return tr("Every flag's answer to this entity; %1 and %2 are the same.")
            .arg(question.firstName, question.secondName);
    if (!question.second)
        return tr("Every flag's answer to this entity.");
    if (differences == 0)
        return tr("%1 and %2 give this entity the same answers.")
            .arg(question.firstName, question.secondName);
    if (differences == 1)
        return tr("%1 and %2 differ in 1 answer to this entity.")
            .arg(question.firstName, question.secondName);
    return tr("%1 and %2 differ in %3 answers to this entity.")
        .arg(question.firstName, question.secondName, locale().toString(differences));
}

} // namespace edgewise::whatifpage
