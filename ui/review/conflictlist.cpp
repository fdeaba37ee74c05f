// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/naming.h>
#include <changes/text.h>
#include <review/conflictlist.h>
#include <theme/appearance.h>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;
using changes::Conflict;

namespace {

QString sentenceOf(const Conflict &conflict, const changes::Naming &naming)
{
    const QString who = naming.path(conflict.address);
    switch (conflict.kind) {
    case Conflict::Kind::Field:
        return ConflictList::tr("%1: somebody else set the %2 to %3, you set it to %4.")
            .arg(who, changes::fieldLabel(conflict.address.kind, conflict.field),
                 naming.value(conflict.address, conflict.field, conflict.theirs),
                 naming.value(conflict.address, conflict.field, conflict.mine));
    case Conflict::Kind::Position:
        return ConflictList::tr("%1: somebody else moved it to another place than you.").arg(who);
    case Conflict::Kind::RemovedThere:
        return ConflictList::tr("%1: somebody else deleted it, you changed it.").arg(who);
    case Conflict::Kind::RemovedHere:
        return ConflictList::tr("%1: you deleted it, somebody else changed it.").arg(who);
    }
    Q_UNREACHABLE();
}

} // namespace

ConflictList::ConflictList(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_column(new QVBoxLayout(this))
{
    setObjectName(u"conflictList"_qs);
    setAccessibleName(tr("Conflicts"));
    m_column->setContentsMargins({});
    m_column->setSpacing(theme::metrics::grid);
    hide();
}

void ConflictList::setConflicts(const std::vector<Conflict> &conflicts,
                                const flags::Snapshot &before, const flags::Snapshot &after)
{
    while (QLayoutItem *item = m_column->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    const changes::Naming naming(before, after);
    for (size_t i = 0; i < conflicts.size(); ++i)
        m_column->addWidget(rowOf(i, sentenceOf(conflicts[i], naming)));
    setVisible(!conflicts.empty());
}

QWidget *ConflictList::rowOf(size_t index, const QString &sentence)
{
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins({});
    auto *icon = new QLabel(line);
    icon->setPixmap(m_appearance.stateIcon(theme::State::Late)
                        .pixmap(QSize(theme::metrics::iconSmall, theme::metrics::iconSmall),
                                devicePixelRatioF()));
    auto *text = new QLabel(sentence, line);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto *theirs = new QPushButton(tr("Keep theirs"), line);
    theirs->setObjectName(u"keepTheirs_%1"_qs.arg(index));
    theirs->setAccessibleDescription(sentence);
    auto *mine = new QPushButton(tr("Take mine"), line);
    mine->setObjectName(u"takeMine_%1"_qs.arg(index));
    mine->setAccessibleDescription(sentence);
    connect(theirs, &QPushButton::clicked, this, [this, index] { emit theirsChosen(index); });
    connect(mine, &QPushButton::clicked, this, [this, index] { emit mineChosen(index); });
    layout->addWidget(icon);
    layout->addWidget(text, 1);
    layout->addWidget(theirs);
    layout->addWidget(mine);
    return line;
}

} // namespace edgewise::reviewpage
