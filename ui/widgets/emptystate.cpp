// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/emptystate.h>

#include <QAction>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;

namespace {

/// A large, quiet picture that follows the theme.
class Picture : public QWidget {
public:
    Picture(const theme::Appearance &appearance, QString name, QWidget *parent)
        : QWidget(parent), m_appearance(appearance), m_name(std::move(name))
    {
        setFixedSize(2 * theme::metrics::iconLarge, 2 * theme::metrics::iconLarge);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_appearance.drawIcon(&painter, rect(), m_name, m_appearance.tokens().secondary);
    }

private:
    const theme::Appearance &m_appearance;
    QString m_name;
};

} // namespace

EmptyState::EmptyState(const theme::Appearance &appearance, const QString &iconName,
                       QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_iconName(iconName), m_sentence(new QLabel(this)),
      m_column(new QVBoxLayout(this))
{
    setObjectName(u"emptyState"_qs);
    m_sentence->setObjectName(u"emptySentence"_qs);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    m_sentence->setMaximumWidth(420);
    m_sentence->setMinimumWidth(200);
    m_column->setSpacing(theme::metrics::between);
    m_column->addStretch(2);
    m_column->addWidget(new Picture(appearance, iconName, this), 0, Qt::AlignHCenter);
    auto *centred = new QHBoxLayout;
    centred->addStretch();
    centred->addWidget(m_sentence, 1);
    centred->addStretch();
    m_column->addLayout(centred);
    m_column->addStretch(3);
}

void EmptyState::setContent(const QString &sentence, QAction *action)
{
    m_sentence->setText(sentence);
    if (action == m_action && m_button) {
        m_button->setEnabled(action->isEnabled());
        return;
    }
    // Later: it may be the button's own click that brought us here.
    if (m_button) {
        m_button->hide();
        m_button->deleteLater();
    }
    m_button = nullptr;
    m_action = action;
    if (!action)
        return;
    m_button = new QPushButton(action->icon(), action->text(), this);
    m_button->setObjectName(u"emptyButton"_qs);
    m_button->setEnabled(action->isEnabled());
    // Before the last stretch.
    m_column->insertWidget(m_column->count() - 1, m_button, 0, Qt::AlignHCenter);
    connect(m_button, &QPushButton::clicked, action, &QAction::trigger);
}

} // namespace edgewise::widgets
