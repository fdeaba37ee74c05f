// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/trace.h>
#include <flags/snapshot.h>

#include <QHash>
#include <QWidget>

#include <memory>

class QLabel;

namespace edgewise::evaluation {
class Program;
}
namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class LineField;
}

namespace edgewise::flagspage {

/// What a context line says: a JSON object of texts, or "plan=pro, country=DE". Nothing for what
/// is neither.
std::optional<std::vector<std::pair<QString, QString>>> parseContext(const QString &text);

/// The answer in short: what is served, and what decided it.
QString answerText(const evaluation::Trace &trace);

/// Under the editor: what the flag answers an entity as it is being edited, and what the saved
/// state answers beside it. Entity and context stay from flag to flag.
class TryItStrip : public QWidget {
    Q_OBJECT

public:
    explicit TryItStrip(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~TryItStrip() override;

    /// `draft` has the flag; `saved` may be null or lack it.
    void setFlag(const std::shared_ptr<const flags::Namespace> &draft,
                 const std::shared_ptr<const flags::Namespace> &saved, const FlagKey &flag);

signals:
    /// Where the entity falls, by the ids of the rules and rollouts that were reached.
    void bucketsChanged(const QHash<QString, int> &buckets);

private:
    void ask();
    std::optional<evaluation::Trace> askOne(const std::shared_ptr<const flags::Namespace> &of,
                                            std::shared_ptr<const evaluation::Program> &program);

    const theme::Appearance &m_appearance;
    std::shared_ptr<const flags::Namespace> m_draft;
    std::shared_ptr<const flags::Namespace> m_saved;
    FlagKey m_flag;
    std::shared_ptr<const evaluation::Program> m_draftProgram;
    std::shared_ptr<const evaluation::Program> m_savedProgram;
    widgets::LineField *m_entity;
    widgets::LineField *m_context;
    QLabel *m_fault;
    QLabel *m_answer;
    QLabel *m_before;
};

} // namespace edgewise::flagspage
