// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/flagedit.h>

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::flagspage {

class VariantRow;

/// The answers that a flag can give, a row each.
class VariantSection : public QWidget {
    Q_OBJECT

public:
    explicit VariantSection(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void showFlag(const flags::Flag &flag);
    void setProblems(const std::vector<flags::Problem> &problems);
    void setReadOnly(bool readOnly);

signals:
    void edited(const edgewise::flagspage::FlagEdit &edit);
    /// It is new, and to be seen.
    void revealRequested(QWidget *row);

private:
    void add();
    VariantRow *takeRow(const VariantId &id);

    const theme::Appearance &m_appearance;
    bool m_isReadOnly = false;
    QVBoxLayout *m_column;
    QList<VariantRow *> m_rows;
    QLabel *m_none;
    QPushButton *m_add;
};

} // namespace edgewise::flagspage
