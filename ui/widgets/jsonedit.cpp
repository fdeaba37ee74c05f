// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/jsonformat.h>
#include <flags/jsontext.h>
#include <theme/appearance.h>
#include <widgets/jsonedit.h>

#include <QKeyEvent>
#include <Qsci/qscilexerjson.h>
#include <Qsci/qsciscintilla.h>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int jsonPause = 400; ///< milliseconds
constexpr int fewestLines = 3;
constexpr int mostLines = 12;

QPair<int, int> lineAndColumn(const QString &text, qsizetype offset)
{
    const QStringView before = QStringView(text).first(std::min(offset, text.size()));
    const qsizetype lineStart = before.lastIndexOf(u'\n') + 1;
    return {int(before.count(u'\n')) + 1, int(before.size() - lineStart) + 1};
}

} // namespace

JsonEdit::JsonEdit(const theme::Appearance &appearance, const QString &name, const QString &label,
                   QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_text(new QsciScintilla(this)),
      m_fault(new QLabel(this)), m_format(new QPushButton(tr("Format"), this))
{
    m_text->setObjectName(name);
    m_text->setAccessibleName(label);
    m_text->setLexer(new QsciLexerJSON(m_text));
    m_text->setUtf8(true);
    m_text->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    m_text->setAutoIndent(true);
    m_text->setIndentationWidth(2);
    m_text->setIndentationsUseTabs(false);
    m_text->setWrapMode(QsciScintilla::WrapCharacter);
    m_text->setMarginWidth(1, 0);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->installEventFilter(this);
    m_fault->setObjectName(name + u"Fault");
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->setWordWrap(true);
    m_format->setObjectName(name + u"Format");
    m_format->setAccessibleName(tr("Format %1").arg(label));

    auto *foot = new QHBoxLayout;
    foot->addWidget(m_fault, 1);
    foot->addWidget(m_format, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addWidget(m_text);
    column->addLayout(foot);

    m_pause.setSingleShot(true);
    m_pause.setInterval(jsonPause);
    connect(&m_pause, &QTimer::timeout, this, &JsonEdit::flush);
    connect(m_text, &QsciScintilla::textChanged, this, [this] {
        m_dirty = true;
        m_pause.start();
        judge();
    });
    connect(m_format, &QPushButton::clicked, this, &JsonEdit::format);
    connect(&appearance, &theme::Appearance::changed, this, &JsonEdit::takeTheme);
    takeTheme();
    judge();
}

JsonEdit::~JsonEdit()
{
    m_text->removeEventFilter(this);
}

void JsonEdit::setValue(const QString &text)
{
    if (m_dirty || text == m_text->text())
        return;
    const QSignalBlocker blocker(m_text);
    m_text->setText(text);
    judge();
}

QString JsonEdit::text() const
{
    return m_text->text();
}

void JsonEdit::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_text->setReadOnly(readOnly);
    judge();
}

void JsonEdit::setObjectWanted(bool wanted)
{
    m_isObjectWanted = wanted;
    judge();
}

void JsonEdit::flush()
{
    m_pause.stop();
    if (!m_dirty)
        return;
    m_dirty = false;
    emit committed(m_text->text());
}

void JsonEdit::judge()
{
    const QString text = m_text->text();
    const bool empty = text.trimmed().isEmpty();
    QString fault;
    if (!empty) {
        if (const std::optional<qsizetype> place = flags::jsonFault(text)) {
            const auto [line, column] = lineAndColumn(text, *place);
            fault = *place >= text.size()
                        ? tr("Not JSON yet: something is missing at the end.")
                        : tr("Not JSON: line %1, column %2 cannot be read.").arg(line).arg(column);
        } else if (m_isObjectWanted && !flags::isJsonObject(text)) {
            fault = tr("An object is wanted: {\"name\": \"value\"}.");
        }
    }
    m_fault->setText(fault.isEmpty() ? QString()
                                     : theme::stateGlyph(theme::State::Bad) + u' ' + fault);
    m_text->setAccessibleDescription(fault);
    m_format->setEnabled(!m_isReadOnly && !empty && flags::isJson(text)
                         && flags::formattedJson(text) != text);
    fitHeight();
}

void JsonEdit::format()
{
    // As an edit, so that the field's own undo takes it back.
    m_text->selectAll();
    m_text->replaceSelectedText(flags::formattedJson(m_text->text()));
    flush();
}

void JsonEdit::fitHeight()
{
    const int lines = std::clamp(m_text->lines(), fewestLines, mostLines);
    m_text->setFixedHeight(lines * m_text->textHeight(0) + 2 * grid);
}

void JsonEdit::takeTheme()
{
    const theme::Tokens &tokens = m_appearance.tokens();
    QsciLexer *lexer = m_text->lexer();
    lexer->setDefaultFont(theme::codeFont());
    lexer->setFont(theme::codeFont());
    lexer->setPaper(tokens.surface);
    lexer->setColor(tokens.text);
    lexer->setDefaultPaper(tokens.surface);
    lexer->setDefaultColor(tokens.text);
    lexer->setColor(tokens.accent, QsciLexerJSON::Property);
    lexer->setColor(tokens.ok, QsciLexerJSON::String);
    lexer->setColor(tokens.foreign, QsciLexerJSON::Number);
    lexer->setColor(tokens.foreign, QsciLexerJSON::Keyword);
    lexer->setColor(tokens.bad, QsciLexerJSON::Error);
    lexer->setColor(tokens.bad, QsciLexerJSON::UnclosedString);
    m_text->setPaper(tokens.surface);
    m_text->setColor(tokens.text);
    m_text->setCaretForegroundColor(tokens.text);
    m_text->setSelectionBackgroundColor(tokens.selection);
    m_text->setSelectionForegroundColor(tokens.text);
    m_text->setMatchedBraceBackgroundColor(tokens.hover);
    m_text->setMatchedBraceForegroundColor(tokens.accent);
    QPalette colours = m_fault->palette();
    colours.setColor(QPalette::WindowText, tokens.bad);
    m_fault->setPalette(colours);
    fitHeight();
}

/// Tab goes on to the next field: nobody indents JSON of a few lines by hand.
bool JsonEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut)
        flush();
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Tab && key->modifiers() == Qt::NoModifier)
            return focusNextChild();
        if (key->key() == Qt::Key_Backtab)
            return focusPreviousChild();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace edgewise::widgets
