// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/statelistmodel.h>
#include <whatif/question.h>

#include <QWidget>

class QComboBox;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::whatifpage {

/// Which flag is asked, and in which states of the flags: one, or two side by side.
class QuestionBar : public QWidget {
    Q_OBJECT

public:
    /// `states` must outlive the bar; its first two are what is asked at first.
    QuestionBar(const theme::Appearance &appearance, models::StateListModel &states,
                QWidget *parent = nullptr);

    void setNamespace(const NamespaceKey &key);
    /// An empty key asks all flags.
    void chooseFlag(const FlagKey &key);
    /// By the states' ids; an empty second one asks one state alone.
    void chooseStates(const QString &first, const QString &second);
    QString firstState() const;
    QString secondState() const; ///< empty for none

    Question question() const;

signals:
    void changed();
    /// Somebody wants a file beside the states.
    void fileWanted();

private:
    void fillFlags();
    void fillStates();
    void fillChooser(QComboBox *box, int offset) const;
    void takeTypedFlag();
    std::shared_ptr<const flags::Namespace> words() const;

    models::StateListModel &m_states;
    NamespaceKey m_nameSpace;
    QComboBox *m_flag;
    QComboBox *m_first;
    QComboBox *m_second;
    bool m_hasStates = false; ///< the first two have been chosen
};

} // namespace edgewise::whatifpage
