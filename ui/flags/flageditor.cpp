// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flageditor.h>
#include <flags/rulecard.h>
#include <flags/variantlist.h>
#include <theme/appearance.h>
#include <widgets/card.h>
#include <widgets/keylabel.h>
#include <widgets/toggle.h>

#include <QPlainTextEdit>
#include <QScrollBar>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int pauseMilliseconds = 400;

QString typeWord(int type)
{
    switch (type) {
    case flags::VariantFlag:
        return FlagEditor::tr("variant flag");
    case flags::BooleanFlag:
        return FlagEditor::tr("boolean flag");
    default:
        return FlagEditor::tr("flag of unknown type %1").arg(type);
    }
}

QLabel *fieldLabel(const QString &text, QWidget *field, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setBuddy(field);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLabel *note(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setContentsMargins(inside, 0, 0, 0);
    return label;
}

bool samePartsOf(const flags::Flag &a, const flags::Flag &b)
{
    return a.type == b.type && a.defaultVariant == b.defaultVariant && a.variants == b.variants
           && a.rules == b.rules && a.rollouts == b.rollouts && a.enabled == b.enabled;
}

} // namespace

FlagEditor::FlagEditor(const theme::Appearance &appearance, QWidget *parent)
    : QScrollArea(parent), m_appearance(appearance), m_body(new QWidget),
      m_name(new QLineEdit(m_body)), m_description(new QPlainTextEdit(m_body)),
      m_key(new widgets::KeyLabel(appearance, m_body)),
      m_enabled(new widgets::ToggleSwitch(appearance, m_body)), m_type(new QLabel(m_body)),
      m_problems(new QLabel(m_body)), m_parts(new QVBoxLayout)
{
    setObjectName(u"flagEditor"_qs);
    setAccessibleName(tr("Flag"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(m_body);
    column->setSpacing(inside);
    createHead(column);
    m_parts->setSpacing(inside);
    column->addLayout(m_parts);
    column->addStretch();
    setWidget(m_body);
    m_body->setAutoFillBackground(true);
    m_body->setBackgroundRole(QPalette::Base);

    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &FlagEditor::commit);
    connect(m_name, &QLineEdit::textEdited, this, &FlagEditor::typed);
    connect(m_name, &QLineEdit::editingFinished, this, &FlagEditor::commit);
    connect(m_description, &QPlainTextEdit::textChanged, this, &FlagEditor::typed);
    connect(m_enabled, &QAbstractButton::clicked, this, [this] {
        typed();
        commit();
    });
    setFlag(nullptr);
}

FlagEditor::~FlagEditor()
{
    // A field that loses the focus while the base class takes the window down still says that it
    // is finished, when there is no editor any more to hear it.
    m_name->disconnect(this);
}

void FlagEditor::createHead(QVBoxLayout *column)
{
    m_key->setObjectName(u"flagKey"_qs);
    m_enabled->setObjectName(u"flagEnabled"_qs);
    m_enabled->setAccessibleName(tr("Enabled"));
    m_type->setForegroundRole(QPalette::PlaceholderText);
    auto *head = new QHBoxLayout;
    head->addWidget(m_key, 1);
    head->addWidget(m_enabled);
    column->addLayout(head);

    m_name->setObjectName(u"flagName"_qs);
    m_name->setAccessibleName(tr("Name"));
    auto *nameLine = new QHBoxLayout;
    nameLine->addWidget(fieldLabel(tr("&Name"), m_name, m_body), 1);
    nameLine->addWidget(m_type);
    column->addLayout(nameLine);
    column->addWidget(m_name);
    m_description->setObjectName(u"flagDescription"_qs);
    m_description->setAccessibleName(tr("Description"));
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(3 * fontMetrics().lineSpacing() + 2 * inside);
    column->addWidget(fieldLabel(tr("D&escription"), m_description, m_body));
    column->addWidget(m_description);
    m_problems->setObjectName(u"flagProblems"_qs);
    m_problems->setTextFormat(Qt::PlainText);
    m_problems->setWordWrap(true);
    m_problems->setForegroundRole(QPalette::WindowText);
    m_problems->hide();
    column->addWidget(m_problems);
    setTabOrder(m_name, m_description);
    setTabOrder(m_description, m_enabled);
}

void FlagEditor::setFlag(std::shared_ptr<const flags::Flag> flag)
{
    if (m_flag && flag && m_flag->key == flag->key) {
        const bool partsChanged = !samePartsOf(*m_flag, *flag);
        const bool typing = m_dirty;
        m_flag = std::move(flag);
        if (!typing)
            showTexts();
        if (partsChanged)
            showParts();
        return;
    }
    commit();
    m_flag = std::move(flag);
    m_body->setVisible(m_flag != nullptr);
    if (!m_flag)
        return;
    showTexts();
    showParts();
    verticalScrollBar()->setValue(0);
}

void FlagEditor::setProblems(const QStringList &problems)
{
    QStringList lines;
    for (const QString &problem : problems)
        lines.append(theme::stateGlyph(theme::State::Late) + u' ' + problem);
    m_problems->setText(lines.join(u'\n'));
    m_problems->setVisible(!problems.isEmpty());
    QPalette colours;
    colours.setColor(QPalette::WindowText, m_appearance.tokens().late);
    m_problems->setPalette(colours);
}

void FlagEditor::setReadOnly(bool readOnly)
{
    m_name->setReadOnly(readOnly);
    m_description->setReadOnly(readOnly);
    m_enabled->setEnabled(!readOnly);
}

void FlagEditor::showTexts()
{
    // Setting equal text would throw away the cursor's place.
    if (m_name->text() != m_flag->name)
        m_name->setText(m_flag->name);
    if (m_description->toPlainText() != m_flag->description) {
        const QSignalBlocker blocker(m_description);
        m_description->setPlainText(m_flag->description);
    }
    m_key->setKey(m_flag->key.text());
    m_type->setText(typeWord(m_flag->type));
    const bool boolean = m_flag->type == flags::BooleanFlag;
    m_enabled->setWords(boolean ? tr("on by default") : tr("enabled"),
                        boolean ? tr("off by default") : tr("disabled"));
    m_enabled->setAccessibleName(boolean ? tr("Default value") : tr("Enabled"));
    m_enabled->setChecked(m_flag->enabled);
}

void FlagEditor::showParts()
{
    while (QLayoutItem *item = m_parts->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto section = [this](const QString &title) {
        m_parts->addWidget(new widgets::SectionHeader(m_appearance, title, m_body));
    };
    const bool boolean = m_flag->type == flags::BooleanFlag;
    if (!boolean || !m_flag->variants.empty()) {
        section(tr("Variants"));
        m_parts->addWidget(m_flag->variants.empty()
                               ? static_cast<QWidget *>(note(tr("No variants."), m_body))
                               : new VariantList(m_appearance, *m_flag, m_body));
    }
    int number = 0;
    if (!boolean || !m_flag->rules.empty()) {
        section(boolean ? tr("Rules (ignored by a boolean flag)") : tr("Rules (first match wins)"));
        for (const flags::Rule &rule : m_flag->rules)
            m_parts->addWidget(new RuleCard(m_appearance, rule, *m_flag, ++number, m_body));
        if (m_flag->rules.empty())
            m_parts->addWidget(note(m_flag->defaultVariant
                                        ? tr("No rules: everyone gets the default variant.")
                                        : tr("No rules: nobody gets a variant."),
                                    m_body));
    }
    if (boolean || !m_flag->rollouts.empty()) {
        section(boolean ? tr("Rollouts (the first that decides wins)")
                        : tr("Rollouts (ignored by a variant flag)"));
        number = 0;
        for (const flags::Rollout &rollout : m_flag->rollouts)
            m_parts->addWidget(new RolloutCard(m_appearance, rollout, ++number, m_body));
        m_parts->addWidget(
            note(m_flag->enabled ? tr("Otherwise on.") : tr("Otherwise off."), m_body));
    }
}

void FlagEditor::focusName()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void FlagEditor::typed()
{
    m_dirty = true;
    m_pause.start();
}

void FlagEditor::commit()
{
    m_pause.stop();
    if (!m_dirty || !m_flag)
        return;
    m_dirty = false;
    flags::Flag flag = *m_flag;
    flag.name = m_name->text();
    flag.description = m_description->toPlainText();
    flag.enabled = m_enabled->isChecked();
    if (flag != *m_flag)
        emit edited(flag);
}

} // namespace edgewise::flagspage
