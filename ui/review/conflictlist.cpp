// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/naming.h>
#include <changes/text.h>
#include <review/conflictlist.h>
#include <theme/appearance.h>

#include <QScrollArea>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using changes::Conflict;

namespace {

enum Cell { WhatCell, BaseCell, TheirsCell, MineCell, ButtonCell, CellCount };

/// The three sides of a conflict in words.
struct Sides {
    QString what;
    QString base;
    QString theirs;
    QString mine;
};

Sides sidesOf(const Conflict &conflict, const changes::Naming &naming)
{
    const QString who = naming.path(conflict.address);
    const auto words = [](const char *text) { return ConflictList::tr(text); };
    switch (conflict.kind) {
    case Conflict::Kind::Field: {
        const auto value = [&](const changes::Value &side) {
            return naming.value(conflict.address, conflict.field, side);
        };
        return {who + u" · "_qs + changes::fieldLabel(conflict.address.kind, conflict.field),
                value(conflict.base), value(conflict.theirs), value(conflict.mine)};
    }
    case Conflict::Kind::Position:
        return {who + u" · "_qs + words(QT_TR_NOOP("place")), words(QT_TR_NOOP("where it was")),
                words(QT_TR_NOOP("moved")), words(QT_TR_NOOP("moved elsewhere"))};
    case Conflict::Kind::RemovedThere:
        return {who, words(QT_TR_NOOP("there")), words(QT_TR_NOOP("deleted")),
                words(QT_TR_NOOP("changed"))};
    case Conflict::Kind::RemovedHere:
        return {who, words(QT_TR_NOOP("there")), words(QT_TR_NOOP("changed")),
                words(QT_TR_NOOP("deleted"))};
    }
    Q_UNREACHABLE();
}

constexpr int mostHeight = 240;

} // namespace

ConflictList::ConflictList(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_title(new QLabel(this)),
      m_allTheirs(new QPushButton(tr("Keep all theirs"), this)),
      m_allMine(new QPushButton(tr("Take all mine"), this)), m_area(new QScrollArea(this))
{
    setObjectName(u"conflictList"_qs);
    setAccessibleName(tr("Conflicts"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_allTheirs->setObjectName(u"keepAllTheirs"_qs);
    m_allMine->setObjectName(u"takeAllMine"_qs);
    m_area->setObjectName(u"conflictArea"_qs);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setMaximumHeight(mostHeight);
    auto *head = new QHBoxLayout;
    auto *icon = new QLabel(this);
    icon->setPixmap(appearance.stateIcon(theme::State::Late)
                        .pixmap(QSize(iconSmall, iconSmall), devicePixelRatioF()));
    head->addWidget(icon);
    head->addWidget(m_title, 1);
    head->addWidget(m_allTheirs);
    head->addWidget(m_allMine);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(theme::metrics::grid);
    column->addLayout(head);
    column->addWidget(m_area);
    connect(m_allTheirs, &QPushButton::clicked, this, [this] { chooseAll(false); });
    connect(m_allMine, &QPushButton::clicked, this, [this] { chooseAll(true); });
    hide();
}

void ConflictList::chooseAll(bool mine)
{
    // From the end, so that the numbers of those before stay.
    for (size_t index = m_count; index-- > 0;)
        mine ? emit mineChosen(index) : emit theirsChosen(index);
}

void ConflictList::setConflicts(const std::vector<Conflict> &conflicts,
                                const flags::Snapshot &before, const flags::Snapshot &after)
{
    m_count = conflicts.size();
    // A button of the old sheet may be what brought us here.
    if (QWidget *old = m_area->takeWidget())
        old->deleteLater();
    auto *sheet = new QWidget(m_area);
    m_grid = new QGridLayout(sheet);
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(between);
    m_grid->setVerticalSpacing(theme::metrics::grid);
    const QString titles[] = {tr("what"), tr("it was"), tr("theirs"), tr("mine")};
    for (int column = 0; column < ButtonCell; ++column) {
        addCell(sheet, 0, column, titles[column])->setForegroundRole(QPalette::PlaceholderText);
        m_grid->setColumnStretch(column, column == WhatCell ? 2 : 1);
    }
    const changes::Naming naming(before, after);
    for (size_t i = 0; i < conflicts.size(); ++i)
        addLine(i, conflicts[i], naming);
    m_area->setWidget(sheet);
    m_area->setMinimumHeight(std::min(mostHeight, sheet->sizeHint().height()));
    m_title->setText(conflicts.size() == 1
                         ? tr("Somebody else changed the same meanwhile. Choose a side.")
                         : tr("Somebody else changed the same meanwhile, in %1 places. Choose a "
                              "side for each.")
                               .arg(conflicts.size()));
    m_allTheirs->setVisible(conflicts.size() > 1);
    m_allMine->setVisible(conflicts.size() > 1);
    setVisible(!conflicts.empty());
}

QLabel *ConflictList::addCell(QWidget *sheet, int row, int column, const QString &text)
{
    auto *label = new QLabel(text, sheet);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(label, row, column);
    return label;
}

void ConflictList::addLine(size_t index, const Conflict &conflict, const changes::Naming &naming)
{
    const Sides sides = sidesOf(conflict, naming);
    const QString sentence = tr("%1: it was %2, theirs is %3, mine is %4.")
                                 .arg(sides.what, sides.base, sides.theirs, sides.mine);
    const int row = static_cast<int>(index) + 1;
    QWidget *sheet = m_grid->parentWidget();
    addCell(sheet, row, WhatCell, sides.what);
    addCell(sheet, row, BaseCell, sides.base);
    addCell(sheet, row, TheirsCell, sides.theirs);
    addCell(sheet, row, MineCell, sides.mine);
    const auto button = [&](const QString &name, const QString &text) {
        auto *made = new QPushButton(text, sheet);
        made->setObjectName(name + QString::number(index));
        made->setAccessibleDescription(sentence);
        return made;
    };
    QPushButton *theirs = button(u"keepTheirs_"_qs, tr("Keep theirs"));
    QPushButton *mine = button(u"takeMine_"_qs, tr("Take mine"));
    connect(theirs, &QPushButton::clicked, this, [this, index] { emit theirsChosen(index); });
    connect(mine, &QPushButton::clicked, this, [this, index] { emit mineChosen(index); });
    m_grid->addWidget(theirs, row, ButtonCell);
    m_grid->addWidget(mine, row, CellCount);
}

} // namespace edgewise::reviewpage
