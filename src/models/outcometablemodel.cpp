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

} // namespace

void OutcomeTableModel::setQuestion(const Question &question,
                                    std::shared_ptr<const evaluation::Program> first,
                                    std::shared_ptr<const evaluation::Program> second,
                                    const QString &firstName, const QString &secondName)
{
    beginResetModel();
    m_programs[0] = std::move(first);
    m_programs[1] = std::move(second);
    m_names = m_programs[1] ? QStringList{firstName, secondName} : QStringList{firstName};
    m_nameSpace = evaluation::utf8(question.nameSpace);
    m_entity = evaluation::utf8(question.entity);
    m_context.clear();
    for (const auto &[name, value] : question.context)
        m_context.emplace_back(evaluation::utf8(name), evaluation::utf8(value));
    m_rows.clear();
    QSet<QString> keys;
    // Flags of the newer state in its order, then those that only the older one has.
    for (const auto &program : {m_programs[1], m_programs[0]}) {
        if (!program)
            continue;
        for (const QString &key : evaluation::flagKeys(*program, m_nameSpace)) {
            if (keys.contains(key))
                continue;
            keys.insert(key);
            m_rows.push_back({key, false, false, {}});
        }
    }
    endResetModel();
}

void OutcomeTableModel::evaluateRow(const Row &row) const
{
    if (row.isEvaluated)
        return;
    const std::string key = evaluation::utf8(row.key);
    std::vector<evaluation::Property> context;
    for (const auto &[name, value] : m_context)
        context.push_back({name, value});
    std::optional<evaluation::AnswerKey> served;
    for (int side = 0; side < int(m_names.size()); ++side) {
        evaluation::Outcome outcome;
        evaluate(*m_programs[side],
                 {evaluation::Request::Kind::ByFlag, m_nameSpace, key, m_entity, context}, outcome);
        row.answers[side] = answerText(outcome);
        const evaluation::AnswerKey answer = answerKey(outcome);
        row.differs = served && !sameService(*served, answer);
        served = answer;
    }
    row.isEvaluated = true;
}

int OutcomeTableModel::differenceCount() const
{
    int count = 0;
    for (const Row &row : m_rows) {
        evaluateRow(row);
        count += row.differs ? 1 : 0;
    }
    return count;
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
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == FlagColumn)
            return row.key;
        evaluateRow(row);
        return row.answers[index.column() - FirstColumn];
    case KeyRole:
        return row.key;
    case DiffersRole:
        evaluateRow(row);
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
