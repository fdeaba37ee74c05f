// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/differencedelegate.h>

#include <QTableView>
#include <QVariantAnimation>
#include <QWidget>

class QLabel;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::models {
class RowDifferenceModel;
enum class RowFormat;
} // namespace edgewise::models

namespace edgewise::replicationpage {

class DifferenceScrollBar;

/// Two tables row beside row, with one vertical scroll bar, one selection, and horizontal scrolling
/// in step.
class SideBySide : public QWidget {
    Q_OBJECT

public:
    SideBySide(const theme::Appearance &appearance, models::RowDifferenceModel &model,
               QWidget *parent = nullptr);

    void setTitles(const QString &left, const QString &right);
    /// Chooses the next row that differs, or with -1 the one before, round the end.
    void goToDifference(int direction);

private:
    QTableView *makeView(const QString &objectName, const QString &accessibleName);
    void addCopyActions(QTableView *view);
    void copyAs(models::RowFormat format, bool ofB) const;
    void setColumns();
    void updateMarks();
    void showArrivals();
    widgets::DifferenceDelegate::Look lookOf(const QModelIndex &index) const;
    void copySelection();

    const theme::Appearance &m_appearance;
    models::RowDifferenceModel &m_model;
    QLabel *m_leftTitle;
    QLabel *m_rightTitle;
    QTableView *m_left;
    QTableView *m_right;
    DifferenceScrollBar *m_scrollBar;
    QVariantAnimation m_fade; ///< of the rows that have just arrived
    QStringList m_columns;    ///< for which the widths were set
};

} // namespace edgewise::replicationpage
