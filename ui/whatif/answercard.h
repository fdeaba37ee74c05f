// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/trace.h>

#include <QFrame>

class QLabel;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::whatifpage {

/// What an entity is served in one state of the flag: the answer large, the sentence why below it,
/// the attachment if there is one.
class AnswerCard : public QFrame {
    Q_OBJECT

public:
    explicit AnswerCard(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `name` is the state's: "Saved", "Draft". `differs` marks it as the other one's opposite.
    void setAnswer(const QString &name, const evaluation::Trace &trace, bool differs);
    /// The answer in a word or two: "one-page", "no variant", "true", "refused".
    static QString answerOf(const evaluation::Trace &trace);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    bool m_differs = false;
    QLabel *m_name;
    QLabel *m_answer;
    QLabel *m_conclusion;
    QLabel *m_attachment;
};

} // namespace edgewise::whatifpage
