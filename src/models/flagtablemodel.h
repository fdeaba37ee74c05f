// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QAbstractTableModel>
#include <QSet>

#include <vector>

namespace edgewise::models {

/// The flags of one namespace of a draft: raw values by role, looks are the view's. Filters and
/// sorts itself, because 100,000 rows must follow each key stroke. GUI thread.
class FlagTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        KeyColumn,
        NameColumn,
        TypeColumn,
        EnabledColumn,
        RulesColumn,
        UpdatedColumn,
        DescriptionColumn,
        CreatedColumn,
        ColumnCount
    };
    enum Role {
        KeyRole = Qt::UserRole, ///< QString
        NameRole,               ///< QString
        DescriptionRole,        ///< QString
        TypeRole,               ///< int, flags::FlagType
        EnabledRole,            ///< bool
        RulesRole,              ///< int: rules of a variant flag, rollouts of a boolean one
        UpdatedRole,            ///< qint64 nanoseconds since 1970, or nothing
        MarkRole,               ///< int, Mark
        CreatedRole,            ///< like UpdatedRole
    };
    /// Against the saved state.
    enum class Mark { Unchanged, Added, Changed };
    Q_ENUM(Mark)

    explicit FlagTableModel(QObject *parent = nullptr);

    /// `nameSpace` as the draft has it, `base` as it is saved; either may be null. Rows that stay
    /// keep their persistent indexes, unless very many come and go at once: then the model is
    /// reset.
    void setNamespace(const std::shared_ptr<const flags::Namespace> &nameSpace,
                      const std::shared_ptr<const flags::Namespace> &base);

    /// Words that must all occur in key, name or description, ignoring case, and conditions as in
    /// parseFlagFilter(); empty shows all.
    void setFilter(const QString &filter);
    const QString &filter() const { return m_filter; }
    int flagCount() const { return static_cast<int>(m_flags.size()); } ///< without the filter

    /// Null for an invalid index. Keeps its whole namespace, so it is not for a long stay.
    std::shared_ptr<const flags::Flag> flag(const QModelIndex &index) const;
    /// Invalid when the flag is not there or filtered out.
    QModelIndex indexOf(const FlagKey &key) const;
    /// The first row after `from` whose key begins with the text, round the end; for type-ahead.
    QModelIndex nextMatch(const QString &prefix, const QModelIndex &from) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    QHash<int, QByteArray> roleNames() const override;

private:
    /// A plain value, so that 100,000 of them are copied in no time; m_nameSpace keeps the flag.
    struct Row {
        const flags::Flag *flag = nullptr;
        Mark mark = Mark::Unchanged;
    };
    /// Where a flag's folded texts stand in m_text: key, name and description, each with an end.
    struct Span {
        qsizetype start = 0;
        qsizetype keyLength = 0;
        qsizetype nameLength = 0;
        qsizetype end = 0;
    };

    static std::vector<Row> marked(const std::shared_ptr<const flags::Namespace> &nameSpace,
                                   const std::shared_ptr<const flags::Namespace> &base);
    void foldTexts();
    std::vector<size_t> matches();
    std::vector<size_t> wordMatches(const QStringList &words) const;
    std::vector<Span>::const_iterator spanAt(qsizetype place,
                                             std::vector<Span>::const_iterator from) const;
    void findFaulty();
    void sortMatches(std::vector<size_t> &matches) const;
    void showMatches();
    void show(std::vector<Row> rows);
    void takeOrder(const std::vector<Row> &rows);
    static QVariant value(const Row &row, int role);

    std::vector<Row> m_flags; ///< all, in the order of the namespace
    std::vector<Row> m_rows;  ///< those shown, in the order shown
    QString m_filter;
    std::shared_ptr<const flags::Namespace> m_nameSpace;
    std::shared_ptr<const flags::Namespace> m_judged; ///< the one that m_faulty is about
    QSet<QString> m_faulty; ///< keys of flags with problems, found when a filter asks for them
    QString m_text;         ///< folded texts of all flags, one after the other
    std::vector<Span> m_spans;
    bool m_textIsOld = false; ///< folded again at the next use
    int m_sortColumn = -1;    ///< -1 is the namespace's own order
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace edgewise::models
