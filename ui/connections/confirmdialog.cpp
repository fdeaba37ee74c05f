// SPDX-License-Identifier: GPL-3.0-or-later
#include <connections/confirmdialog.h>
#include <theme/appearance.h>

#include <QDialogButtonBox>

namespace edgewise::connections {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

ConfirmDialog::ConfirmDialog(const theme::Appearance &appearance, const Question &question,
                             QWidget *parent)
    : QDialog(parent), m_typed(new QLineEdit(this))
{
    setObjectName(u"confirmDialog"_qs);
    setWindowTitle(question.title);
    auto *icon = new QLabel(this);
    icon->setPixmap(appearance.stateIcon(theme::State::Bad)
                        .pixmap(QSize(iconLarge, iconLarge), devicePixelRatioF()));
    auto *sentence = new QLabel(question.sentence, this);
    sentence->setObjectName(u"confirmSentence"_qs);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    auto *prompt = new QLabel(
        tr("&Type %1 to go on").arg(QString(question.word).replace(u'&', u"&&"_qs)), this);
    prompt->setTextFormat(Qt::PlainText);
    prompt->setWordWrap(true);
    prompt->setBuddy(m_typed);
    m_typed->setObjectName(u"confirmTyped"_qs);
    m_typed->setAccessibleName(tr("Type %1 to go on").arg(question.word));
    m_typed->setFont(theme::codeFont());

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"confirmCancel"_qs);
    m_accept = buttons->addButton(question.verb, QDialogButtonBox::AcceptRole);
    m_accept->setObjectName(u"confirmAccept"_qs);
    m_accept->setDefault(true);
    m_accept->setEnabled(false);
    auto *head = new QHBoxLayout;
    head->setSpacing(inside);
    head->addWidget(icon, 0, Qt::AlignTop);
    head->addWidget(sentence, 1);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(between);
    column->addLayout(head);
    column->addWidget(prompt);
    column->addWidget(m_typed);
    column->addWidget(buttons);
    setMinimumWidth(420);
    connect(m_typed, &QLineEdit::textChanged, this,
            [this, word = question.word](const QString &text) {
                m_accept->setEnabled(text.trimmed() == word);
            });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_typed->setFocus();
}

} // namespace edgewise::connections
