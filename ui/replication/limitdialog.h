// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <optional>

class QDoubleSpinBox;

namespace edgewise::replicationpage {

/// Asks how far a node may lag before the page says so.
class LimitDialog : public QDialog {
    Q_OBJECT

public:
    LimitDialog(const QString &node, std::optional<qint64> nanoseconds, QWidget *parent = nullptr);

    /// None for a node that may lag as it likes.
    std::optional<qint64> limit() const;

private:
    QDoubleSpinBox *m_seconds;
};

} // namespace edgewise::replicationpage
