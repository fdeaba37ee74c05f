// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/movementmodel.h"

#include "models/shares.h"
#include "models/textfile.h"

#include <QLocale>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using evaluation::AnswerKey;

namespace {

/// Where the answer stands in the list; appended when it is new.
size_t placeOf(std::vector<AnswerKey> &answers, const AnswerKey &answer)
{
    const QString name = answerName(answer);
    const auto found = std::ranges::find(answers, name, answerName);
    if (found != answers.end())
        return size_t(found - answers.begin());
    answers.push_back(answer);
    return answers.size() - 1;
}

} // namespace

void MovementModel::setMovement(const evaluation::FlagMovement &movement, qint64 entities)
{
    beginResetModel();
    m_flag = movement.flag;
    m_entities = entities;
    m_before.clear();
    m_after.clear();
    // What both sides know comes first, in one order, so that the diagonal is one.
    for (const auto &[pair, seen] : movement.matrix) {
        placeOf(m_before, pair.first);
        placeOf(m_after, pair.second);
    }
    std::ranges::stable_sort(m_after, {}, [this](const AnswerKey &answer) {
        const auto found = std::ranges::find(m_before, answerName(answer), answerName);
        return found - m_before.begin();
    });
    m_counts.assign(m_before.size(), std::vector<qint64>(m_after.size()));
    for (const auto &[pair, seen] : movement.matrix)
        m_counts[placeOf(m_before, pair.first)][placeOf(m_after, pair.second)] += seen;
    endResetModel();
}

void MovementModel::clear()
{
    beginResetModel();
    m_before.clear();
    m_after.clear();
    m_counts.clear();
    endResetModel();
}

bool MovementModel::isSum(const QModelIndex &index) const
{
    return index.row() == int(m_before.size()) || index.column() == int(m_after.size());
}

qint64 MovementModel::count(int row, int column) const
{
    qint64 sum = 0;
    for (int i = 0; i < int(m_before.size()); ++i) {
        for (int j = 0; j < int(m_after.size()); ++j) {
            const bool isIn = (row == int(m_before.size()) || row == i)
                              && (column == int(m_after.size()) || column == j);
            sum += isIn ? m_counts[size_t(i)][size_t(j)] : 0;
        }
    }
    return sum;
}

MovementCell MovementModel::cell(const QModelIndex &index) const
{
    return {m_flag, m_before[size_t(index.row())], m_after[size_t(index.column())]};
}

int MovementModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_before.empty() ? 0 : int(m_before.size()) + 1;
}

int MovementModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_after.empty() ? 0 : int(m_after.size()) + 1;
}

QVariant MovementModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const qint64 entities = count(index.row(), index.column());
    const bool isMoved =
        !isSum(index)
        && answerName(m_before[size_t(index.row())]) != answerName(m_after[size_t(index.column())]);
    const double share = m_entities > 0 ? double(entities) / double(m_entities) : 0;
    switch (role) {
    case Qt::DisplayRole:
        return QLocale().toString(entities);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case CountRole:
        return entities;
    case MovedRole:
        return isMoved;
    case SumRole:
        return isSum(index);
    case ShareRole:
        return share;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        if (isSum(index))
            return tr("%1 of %2 entities")
                .arg(QLocale().toString(entities), QLocale().toString(m_entities));
        return tr("%1 → %2: %3 of %4 entities, %5")
            .arg(answerName(m_before[size_t(index.row())]),
                 answerName(m_after[size_t(index.column())]), QLocale().toString(entities),
                 QLocale().toString(m_entities), percentText(share));
    default:
        return {};
    }
}

QVariant MovementModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto &answers = orientation == Qt::Horizontal ? m_after : m_before;
    if (role != Qt::DisplayRole || section < 0)
        return {};
    return section < int(answers.size()) ? answerName(answers[size_t(section)]) : tr("all");
}

QModelIndex MovementModel::largestMove() const
{
    QModelIndex largest;
    for (int i = 0; i < rowCount(); ++i) {
        for (int j = 0; j < columnCount(); ++j) {
            const QModelIndex cell = index(i, j);
            if (cell.data(MovedRole).toBool()
                && (!largest.isValid() || count(i, j) > count(largest.row(), largest.column())))
                largest = cell;
        }
    }
    return largest;
}

QByteArray MovementModel::asCsv() const
{
    QByteArray csv = "flag,before,after,entities\r\n";
    for (size_t i = 0; i < m_before.size(); ++i) {
        for (size_t j = 0; j < m_after.size(); ++j)
            csv += csvField(m_flag.flag.text()) + ',' + csvField(answerName(m_before[i])) + ','
                   + csvField(answerName(m_after[j])) + ',' + QByteArray::number(m_counts[i][j])
                   + "\r\n";
    }
    return csv;
}

QByteArray MovementModel::asJson() const
{
    QJsonArray cells;
    for (size_t i = 0; i < m_before.size(); ++i) {
        for (size_t j = 0; j < m_after.size(); ++j)
            cells.append(QJsonObject{{u"before"_qs, answerName(m_before[i])},
                                     {u"after"_qs, answerName(m_after[j])},
                                     {u"entities"_qs, m_counts[i][j]}});
    }
    return QJsonDocument(QJsonObject{{u"namespace"_qs, m_flag.nameSpace.text()},
                                     {u"flag"_qs, m_flag.flag.text()},
                                     {u"entities"_qs, m_entities},
                                     {u"cells"_qs, cells}})
        .toJson();
}

} // namespace edgewise::models
