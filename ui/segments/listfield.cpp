// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/constraintrules.h>
#include <flags/jsonformat.h>
#include <flags/jsontext.h>
#include <segments/listfield.h>
#include <theme/appearance.h>
#include <widgets/flowlayout.h>
#include <widgets/parts.h>

#include <QClipboard>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QToolButton>

namespace edgewise::segmentspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int addWidth = 120;

class ValueChip : public QWidget {
public:
    ValueChip(const theme::Appearance &appearance, QWidget *parent)
        : QWidget(parent), m_appearance(appearance)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_appearance.tokens().border);
        painter.setBrush(m_appearance.tokens().ground);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }

private:
    const theme::Appearance &m_appearance;
};

} // namespace

QStringList partedValues(const QString &text)
{
    // A JSON list is taken as it is.
    if (const std::optional<QStringList> list = flags::jsonScalars(text))
        return *list;
    static const QRegularExpression separators(u"[\\n\\r\\t;,]+"_qs);
    QStringList values;
    const QStringList parts = text.split(separators);
    for (const QString &part : parts)
        if (const QString value = part.trimmed(); !value.isEmpty())
            values.append(value);
    return values;
}

ListField::ListField(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_flow(new widgets::FlowLayout),
      m_add(new QLineEdit(this)), m_note(widgets::quietLabel({}, this))
{
    m_add->setObjectName(u"addValue"_qs);
    m_add->setAccessibleName(tr("Add a value"));
    m_add->setPlaceholderText(tr("add values"));
    m_add->setToolTip(tr("Enter adds it; paste many at once, one a line or parted by commas"));
    m_add->setFixedWidth(addWidth);
    m_add->setFont(theme::codeFont());
    m_add->installEventFilter(this);
    m_note->setObjectName(u"listNote"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(2);
    column->addLayout(m_flow);
    column->addWidget(m_note);
    connect(m_add, &QLineEdit::returnPressed, this, &ListField::flush);
    rebuild();
}

void ListField::setValue(const QString &json, bool areNumbers)
{
    if (json == m_json && areNumbers == m_areNumbers && m_flow->count() > 0)
        return;
    m_json = json;
    m_areNumbers = areNumbers;
    m_values = flags::jsonScalars(json).value_or(QStringList());
    m_note->clear();
    rebuild();
}

void ListField::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    rebuild();
}

QWidget *ListField::makeChip(int index)
{
    const QString &value = m_values[index];
    auto *chip = new ValueChip(m_appearance, this);
    auto *line = new QHBoxLayout(chip);
    line->setContentsMargins(inside, 1, 1, 1);
    line->setSpacing(0);
    auto *text = new QLabel(chip);
    text->setTextFormat(Qt::PlainText);
    text->setFont(theme::codeFont());
    text->setText(QFontMetrics(text->font())
                      .elidedText(value.isEmpty() ? u"\"\""_qs : value, Qt::ElideMiddle, 220));
    text->setToolTip(value.left(500));
    line->addWidget(text);
    if (!m_isReadOnly) {
        QToolButton *remove = widgets::iconButton(m_appearance, u"close"_qs, u"removeValue"_qs,
                                                  tr("Remove %1").arg(value), chip);
        connect(remove, &QToolButton::clicked, this, [this, index] { removeAt(index); });
        line->addWidget(remove);
    } else {
        line->addSpacing(inside);
    }
    return chip;
}

void ListField::rebuild()
{
    const bool hadFocus = m_add->hasFocus();
    m_flow->clearAllBut(m_add);
    for (int i = 0; i < m_values.size(); ++i) {
        QWidget *chip = makeChip(i);
        m_flow->addWidget(chip);
        chip->show();
    }
    m_flow->addWidget(m_add);
    m_add->setVisible(!m_isReadOnly);
    if (hadFocus)
        m_add->setFocus();
    if (m_note->text().isEmpty())
        m_note->setText(tr("%1 of %2 values").arg(m_values.size()).arg(flags::longestList));
    updateGeometry();
}

void ListField::flush()
{
    const QString text = m_add->text();
    m_add->clear();
    if (!text.trimmed().isEmpty())
        add(partedValues(text));
}

void ListField::add(const QStringList &texts)
{
    int repeated = 0;
    int refused = 0;
    int tooMany = 0;
    QStringList values = m_values;
    for (const QString &text : texts) {
        if (values.contains(text))
            ++repeated;
        else if (m_areNumbers && flags::countJsonNumbers(QString(u'[' + text + u']')) != 1)
            ++refused;
        else if (values.size() >= flags::longestList)
            ++tooMany;
        else
            values.append(text);
    }
    QStringList notes{tr("%1 of %2 values").arg(values.size()).arg(flags::longestList)};
    if (repeated > 0)
        notes.append(tr("%1 were there already").arg(repeated));
    if (refused > 0)
        notes.append(tr("%1 are no numbers").arg(refused));
    if (tooMany > 0)
        notes.append(tr("%1 are over Flipt's limit: use a second constraint").arg(tooMany));
    m_note->setText(notes.join(u"; "_qs));
    if (values == m_values)
        return;
    m_values = values;
    tell();
}

void ListField::removeAt(int index)
{
    m_values.removeAt(index);
    m_note->clear();
    tell();
}

void ListField::tell()
{
    QStringList elements;
    for (const QString &value : std::as_const(m_values))
        elements.append(m_areNumbers ? value : flags::jsonText(value));
    m_json = u'[' + elements.join(u',') + u']';
    rebuild();
    emit committed(m_json);
}

/// A paste of more than one value adds them at once; Backspace in the empty line removes the last.
bool ListField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_add)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Paste)) {
            const QStringList values = partedValues(QGuiApplication::clipboard()->text());
            if (values.size() > 1) {
                add(values);
                return true;
            }
        }
        if (key->key() == Qt::Key_Backspace && m_add->text().isEmpty() && !m_values.isEmpty()) {
            removeAt(int(m_values.size()) - 1);
            return true;
        }
    } else if (event->type() == QEvent::FocusOut
               && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason) {
        flush();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace edgewise::segmentspage
