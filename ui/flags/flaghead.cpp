// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flaghead.h>
#include <flags/flagtablelooks.h>
#include <flags/timestamp.h>
#include <theme/appearance.h>
#include <widgets/keylabel.h>
#include <widgets/linefield.h>
#include <widgets/problemlines.h>
#include <widgets/toggle.h>

#include <QDateTime>
#include <QPlainTextEdit>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int describingPause = 400; ///< milliseconds

QString typeSentence(int type)
{
    switch (type) {
    case flags::VariantFlag:
        return FlagHead::tr("variant flag");
    case flags::BooleanFlag:
        return FlagHead::tr("boolean flag");
    default:
        return FlagHead::tr("flag of unknown type %1").arg(type);
    }
}

QLabel *fieldLabel(const QString &text, QWidget *field, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setBuddy(field);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

FlagHead::FlagHead(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_name(new widgets::LineField(u"flagName"_qs, tr("Name"), this)),
      m_description(new QPlainTextEdit(this)), m_key(new widgets::KeyLabel(appearance, this)),
      m_enabled(new widgets::ToggleSwitch(appearance, this)), m_type(new QLabel(this)),
      m_problems(new widgets::ProblemLines(appearance, this))
{
    m_key->setObjectName(u"flagKey"_qs);
    m_enabled->setObjectName(u"flagEnabled"_qs);
    m_enabled->setAccessibleName(tr("Enabled"));
    m_type->setObjectName(u"flagType"_qs);
    m_type->setForegroundRole(QPalette::PlaceholderText);
    m_description->setObjectName(u"flagDescription"_qs);
    m_description->setAccessibleName(tr("Description"));
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(3 * fontMetrics().lineSpacing() + 2 * inside);
    m_description->installEventFilter(this);
    auto *head = new QHBoxLayout;
    head->addWidget(m_key, 1);
    head->addWidget(m_enabled);
    auto *nameLine = new QHBoxLayout;
    nameLine->addWidget(fieldLabel(tr("&Name"), m_name, this), 1);
    nameLine->addWidget(m_type);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(head);
    column->addLayout(nameLine);
    column->addWidget(m_name);
    column->addWidget(m_problems);
    column->addWidget(fieldLabel(tr("D&escription"), m_description, this));
    column->addWidget(m_description);
    setTabOrder(m_name, m_description);
    setTabOrder(m_description, m_enabled);

    m_pause.setSingleShot(true);
    m_pause.setInterval(describingPause);
    connect(&m_pause, &QTimer::timeout, this, &FlagHead::flushDescription);
    connect(m_description, &QPlainTextEdit::textChanged, this, [this] {
        m_isDescribing = true;
        m_pause.start();
    });
    connect(m_name, &widgets::LineField::committed, this, [this](const QString &text) {
        emit edited({tr("name"), u"name"_qs, [text](flags::Flag &flag) { flag.name = text; }});
    });
    connect(m_enabled, &QAbstractButton::clicked, this, [this](bool on) {
        emit edited({on ? tr("switch on") : tr("switch off"), {}, [on](flags::Flag &flag) {
                         flag.enabled = on;
                     }});
    });
}

void FlagHead::showFlag(const flags::Flag &flag)
{
    m_name->setValue(flag.name);
    // Setting equal text would throw away the cursor's place.
    if (!m_isDescribing && m_description->toPlainText() != flag.description) {
        const QSignalBlocker blocker(m_description);
        m_description->setPlainText(flag.description);
    }
    m_key->setKey(flag.key.text());
    const auto created = flags::parseTimestamp(flag.times.created);
    m_type->setText(
        created ? tr("%1, created %2")
                      .arg(typeSentence(flag.type),
                           ageInWords(*created, QDateTime::currentMSecsSinceEpoch() * 1'000'000))
                : tr("%1, not saved yet").arg(typeSentence(flag.type)));
    m_type->setToolTip(flag.times.created);
    const bool boolean = flag.type == flags::BooleanFlag;
    m_enabled->setWords(boolean ? tr("on by default") : tr("enabled"),
                        boolean ? tr("off by default") : tr("disabled"));
    m_enabled->setAccessibleName(boolean ? tr("Default value") : tr("Enabled"));
    m_enabled->setChecked(flag.enabled);
}

void FlagHead::setReadOnly(bool readOnly)
{
    m_name->setReadOnly(readOnly);
    m_description->setReadOnly(readOnly);
    m_enabled->setEnabled(!readOnly);
}

void FlagHead::setProblems(const std::vector<flags::Problem> &problems)
{
    m_problems->setProblems(problems);
}

void FlagHead::flush()
{
    m_name->flush();
    flushDescription();
}

void FlagHead::focusName()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void FlagHead::flushDescription()
{
    m_pause.stop();
    if (!std::exchange(m_isDescribing, false))
        return;
    emit edited(
        {tr("description"), u"description"_qs,
         [text = m_description->toPlainText()](flags::Flag &flag) { flag.description = text; }});
}

bool FlagHead::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_description && event->type() == QEvent::FocusOut)
        flushDescription();
    return QWidget::eventFilter(watched, event);
}

} // namespace edgewise::flagspage
