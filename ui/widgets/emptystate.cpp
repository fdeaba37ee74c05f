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
      m_button(new QPushButton(this))
{
    setObjectName(u"emptyState"_qs);
    m_sentence->setObjectName(u"emptySentence"_qs);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    m_sentence->setMaximumWidth(420);
    m_sentence->setMinimumWidth(200);
    m_button->setObjectName(u"emptyButton"_qs);
    m_button->hide();
    auto *column = new QVBoxLayout(this);
    column->setSpacing(theme::metrics::between);
    column->addStretch(2);
    column->addWidget(new Picture(appearance, iconName, this), 0, Qt::AlignHCenter);
    auto *centred = new QHBoxLayout;
    centred->addStretch();
    centred->addWidget(m_sentence, 1);
    centred->addStretch();
    column->addLayout(centred);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
}

void EmptyState::setContent(const QString &sentence, QAction *action)
{
    m_sentence->setText(sentence);
    disconnect(m_trigger);
    m_button->setVisible(action != nullptr);
    if (!action)
        return;
    m_button->setText(action->text());
    m_button->setIcon(action->icon());
    m_button->setEnabled(action->isEnabled());
    m_trigger = connect(m_button, &QPushButton::clicked, action, &QAction::trigger);
}

} // namespace edgewise::widgets
