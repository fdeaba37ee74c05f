// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outcometablemodel.h"

#include <evaluation/evaluate.h>
#include <evaluation/simulate.h>
#include <evaluation/text.h>

#include <QSet>

namespace edgewise::models {

using namespace Qt::StringLiterals;

namespace {

/// What is served, in a few words.
QString answerText(const evaluation::Outcome &outcome)
{
    using Reason = evaluation::Outcome::Reason;
    switch (outcome.kind) {
    case evaluation::Outcome::Kind::Boolean:
        return outcome.enabled ? OutcomeTableModel::tr("true") : OutcomeTableModel::tr("false");
    case evaluation::Outcome::Kind::Error:
        return outcome.status == 404 ? u"—"_qs
                                     : OutcomeTableModel::tr("refused: %1")
                                           .arg(evaluation::fromUtf8(outcome.message));
    case evaluation::Outcome::Kind::Variant:
        break;
    }
    const QString variant = outcome.variantKey.empty() ? OutcomeTableModel::tr("no variant")
                                                       : evaluation::fromUtf8(outcome.variantKey);
    if (outcome.reason == Reason::FlagDisabled)
        return OutcomeTableModel::tr("%1 (off)").arg(variant);
    if (outcome.reason == Reason::Default && !outcome.match)
        return OutcomeTableModel::tr("%1 (default)").arg(variant);
    return variant;
}

/// The question with its texts as the evaluation wants them.
class OutcomeAsker {
public:
    explicit OutcomeAsker(const OutcomeQuestion &question)
        : m_nameSpace(evaluation::utf8(question.nameSpace)),
          m_entity(evaluation::utf8(question.entity))
    {
        for (const auto &[name, value] : question.context)
            m_texts.emplace_back(evaluation::utf8(name), evaluation::utf8(value));
        for (const auto &[name, value] : m_texts)
            m_context.push_back({name, value});
    }

    const std::string &nameSpace() const { return m_nameSpace; }
    void ask(const evaluation::Program &program, const QString &flag, evaluation::Outcome &outcome)
    {
        m_flag = evaluation::utf8(flag);
        evaluate(program,
                 {evaluation::Request::Kind::ByFlag, m_nameSpace, m_flag, m_entity, m_context},
                 outcome);
    }

private:
    std::string m_nameSpace;
    std::string m_entity;
    std::string m_flag;
    std::vector<std::pair<std::string, std::string>> m_texts;
    std::vector<evaluation::Property> m_context;
};

} // namespace

std::vector<FlagOutcome> outcomes(const OutcomeQuestion &question,
                                  const std::shared_ptr<const evaluation::Program> &first,
                                  const std::shared_ptr<const evaluation::Program> &second,
                                  const evaluation::Progress &progress)
{
    OutcomeAsker asker(question);
    std::vector<FlagOutcome> rows;
    QSet<QString> keys;
    evaluation::Outcome outcome;
    for (const auto &program : {second, first}) {
        if (!program)
            continue;
        for (const QString &key : evaluation::flagKeys(*program, asker.nameSpace())) {
            if (progress.isCancelled)
                return rows;
            if (keys.contains(key))
                continue;
            keys.insert(key);
            FlagOutcome row;
            row.key = key;
            asker.ask(*first, key, outcome);
            row.answers[0] = answerText(outcome);
            row.newest = answerKey(outcome);
            if (second) {
                const evaluation::AnswerKey before = row.newest;
                asker.ask(*second, key, outcome);
                row.answers[1] = answerText(outcome);
                row.newest = answerKey(outcome);
                row.differs = !sameService(before, row.newest);
            }
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

void OutcomeTableModel::setOutcomes(std::vector<FlagOutcome> outcomes, const QString &firstName,
                                    const QString &secondName)
{
    const QStringList names =
        secondName.isEmpty() ? QStringList{firstName} : QStringList{firstName, secondName};
    // The same flags asked again keep what is selected and where it is scrolled to.
    if (names == m_names && !outcomes.empty()
        && std::ranges::equal(outcomes, m_rows, {}, &FlagOutcome::key, &FlagOutcome::key)) {
        m_rows = std::move(outcomes);
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_names = names;
    m_rows = std::move(outcomes);
    endResetModel();
}

int OutcomeTableModel::differenceCount() const
{
    return int(std::ranges::count(m_rows, true, &FlagOutcome::differs));
}

int OutcomeTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int OutcomeTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 1 + std::max(1, int(m_names.size()));
}

QVariant OutcomeTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const FlagOutcome &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == FlagColumn)
            return row.key;
        return row.answers[index.column() - FirstColumn];
    case KeyRole:
        return row.key;
    case DiffersRole:
        return row.differs;
    default:
        return {};
    }
}

QVariant OutcomeTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == FlagColumn ? tr("Flag") : m_names.value(section - FirstColumn);
}

QHash<int, QByteArray> OutcomeTableModel::roleNames() const
{
    return {{Qt::DisplayRole, "display"}, {KeyRole, "key"}, {DiffersRole, "differs"}};
}

} // namespace edgewise::models
