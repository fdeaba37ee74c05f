// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/cardhandle.h>
#include <flags/movablecard.h>
#include <flags/validate.h>
#include <theme/appearance.h>
#include <widgets/parts.h>
#include <widgets/problemlines.h>

#include <QToolButton>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

MovableCard::MovableCard(const theme::Appearance &appearance, QString id, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_id(std::move(id)),
      m_handle(new CardHandle(appearance, this)), m_content(new QVBoxLayout),
      m_problems(new widgets::ProblemLines(appearance, this))
{
    m_remove = widgets::iconButton(appearance, u"delete"_qs, u"removeCard"_qs, tr("Remove"), this);
    m_content->setSpacing(grid);
    auto *column = new QVBoxLayout;
    column->setSpacing(grid);
    column->addLayout(m_content);
    column->addWidget(m_problems);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(grid, inside, grid, inside);
    line->setSpacing(grid);
    line->addWidget(m_handle, 0, Qt::AlignTop);
    line->addLayout(column, 1);
    line->addWidget(m_remove, 0, Qt::AlignTop);

    connect(m_handle, &CardHandle::stepRequested, this, &MovableCard::stepRequested);
    connect(m_handle, &CardHandle::dragged, this, &MovableCard::dragged);
    connect(m_handle, &CardHandle::dropped, this, &MovableCard::dropped);
    connect(m_remove, &QToolButton::clicked, this, &MovableCard::removeRequested);
    const std::pair<int, Qt::Key> steps[] = {{-1, Qt::Key_Up}, {1, Qt::Key_Down}};
    for (const auto &[step, key] : steps) {
        auto *move = new QAction(step < 0 ? tr("Move up") : tr("Move down"), this);
        move->setShortcut(QKeySequence(Qt::ALT | Qt::SHIFT | key));
        move->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(move, &QAction::triggered, this, [this, by = step] { emit stepRequested(by); });
        addAction(move);
        m_moves.append(move);
    }
}

void MovableCard::setPlace(int number, const QString &what)
{
    m_handle->setNumber(number);
    m_handle->setAccessibleName(tr("Move %1 %2: Up or Down").arg(what).arg(number));
    m_handle->setToolTip(tr("Drag to another place, or press Up or Down (Alt+Shift+Up or Down from "
                            "anywhere in the card)"));
    m_remove->setAccessibleName(tr("Remove %1 %2").arg(what).arg(number));
    m_remove->setToolTip(m_remove->accessibleName());
}

void MovableCard::setReadOnly(bool readOnly)
{
    m_handle->setEnabled(!readOnly);
    m_handle->setFocusPolicy(readOnly ? Qt::NoFocus : Qt::StrongFocus);
    m_handle->setCursor(readOnly ? Qt::ArrowCursor : Qt::OpenHandCursor);
    m_remove->setVisible(!readOnly);
    for (QAction *move : std::as_const(m_moves))
        move->setEnabled(!readOnly);
}

void MovableCard::setProblems(const std::vector<flags::Problem> &problems)
{
    m_problems->setProblems(problems);
}

void MovableCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_appearance.tokens().border);
    painter.setBrush(m_appearance.tokens().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace edgewise::flagspage
