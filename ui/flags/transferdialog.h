// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/transfer.h>

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace edgewise::widgets {
class KeyField;
}

namespace edgewise::flagspage {

/// Asks where flags are to be copied or moved, and says what goes with them and whose bucket
/// changes.
class TransferDialog : public QDialog {
    Q_OBJECT

public:
    TransferDialog(flags::Snapshot snapshot, const NamespaceKey &from,
                   const std::vector<FlagKey> &keys, QWidget *parent = nullptr);

    flags::Transfer transfer() const;

private:
    void judge();
    QString bucketSentence(const flags::Transfer &transfer) const;

    flags::Snapshot m_snapshot;
    NamespaceKey m_from;
    std::vector<FlagKey> m_keys;
    QComboBox *m_to;
    widgets::KeyField *m_newKey; ///< hidden where several flags go
    QCheckBox *m_move;
    QCheckBox *m_replace;
    QCheckBox *m_segments;
    QLabel *m_summary;
    QPushButton *m_go;
};

/// Of `entities` made-up ids, how many a rule of the flag serves another variant, or a threshold
/// decides otherwise, when the flag's key is another one.
int movedByKey(const flags::Flag &flag, const FlagKey &key, int entities);

} // namespace edgewise::flagspage
