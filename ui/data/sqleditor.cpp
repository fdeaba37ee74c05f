// SPDX-License-Identifier: GPL-3.0-or-later
#include <data/sqleditor.h>
#include <theme/appearance.h>

#include <Qsci/qsciapis.h>
#include <Qsci/qscilexersql.h>
#include <Qsci/qsciscintilla.h>
#include <QVBoxLayout>

namespace edgewise::datapage {

using namespace Qt::StringLiterals;

SqlEditor::SqlEditor(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_editor(new QsciScintilla(this)),
      m_lexer(new QsciLexerSQL(m_editor)), m_words(new QsciAPIs(m_lexer))
{
    m_editor->setObjectName(u"sqlText"_qs);
    m_editor->setAccessibleName(tr("Statement"));
    m_editor->setUtf8(true);
    m_editor->setLexer(m_lexer);
    m_editor->setMarginWidth(0, 0);
    m_editor->setMarginWidth(1, 0);
    m_editor->setFolding(QsciScintilla::NoFoldStyle);
    m_editor->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    m_editor->setAutoIndent(true);
    m_editor->setTabWidth(4);
    m_editor->setIndentationsUseTabs(false);
    m_editor->setWrapMode(QsciScintilla::WrapWord);
    m_editor->setAutoCompletionSource(QsciScintilla::AcsAPIs);
    m_editor->setAutoCompletionThreshold(2);
    m_editor->setAutoCompletionCaseSensitivity(false);
    m_editor->setAutoCompletionReplaceWord(true);
    m_editor->SendScintilla(QsciScintilla::SCI_SETHSCROLLBAR, 0L);
    setFocusProxy(m_editor);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_editor);
    connect(m_editor, &QsciScintilla::textChanged, this, &SqlEditor::textChanged);
    connect(&appearance, &theme::Appearance::changed, this, &SqlEditor::applyTheme);
    applyTheme();
    setTables({});
}

QString SqlEditor::text() const
{
    return m_editor->text();
}

void SqlEditor::setText(const QString &text)
{
    m_editor->setText(text);
}

void SqlEditor::setTables(const QList<store::TableInfo> &tables)
{
    m_names.clear();
    for (const store::TableInfo &table : tables) {
        m_names.append(table.name);
        for (const QString &column : table.columns) {
            if (!store::isSecretColumn(table.name, column))
                m_names.append(column);
        }
    }
    for (const char *word :
         {"SELECT", "FROM", "WHERE", "ORDER BY", "GROUP BY", "HAVING", "LIMIT", "JOIN", "LEFT JOIN",
          "WITH", "UNION ALL", "DISTINCT", "BETWEEN", "EXISTS", "COUNT", "COALESCE", "EXPLAIN"})
        m_names.append(QLatin1StringView(word));
    m_names.removeDuplicates();
    m_names.sort(Qt::CaseInsensitive);
    m_words->clear();
    for (const QString &name : std::as_const(m_names))
        m_words->add(name);
    m_words->prepare();
}

QStringList SqlEditor::completions(const QString &beginning) const
{
    QStringList fitting;
    for (const QString &name : m_names) {
        if (name.startsWith(beginning, Qt::CaseInsensitive))
            fitting.append(name);
    }
    return fitting;
}

void SqlEditor::applyTheme()
{
    const theme::Tokens &tokens = m_appearance.tokens();
    const QFont font = theme::codeFont();
    m_lexer->setDefaultFont(font);
    m_lexer->setDefaultColor(tokens.text);
    m_lexer->setDefaultPaper(tokens.surface);
    m_lexer->setFont(font);
    m_lexer->setColor(tokens.text);
    m_lexer->setPaper(tokens.surface);
    for (const int style : {QsciLexerSQL::Comment, QsciLexerSQL::CommentLine})
        m_lexer->setColor(tokens.secondary, style);
    m_lexer->setColor(tokens.accent, QsciLexerSQL::Keyword);
    for (const int style : {QsciLexerSQL::SingleQuotedString, QsciLexerSQL::DoubleQuotedString})
        m_lexer->setColor(tokens.ok, style);
    m_lexer->setColor(tokens.late, QsciLexerSQL::Number);
    m_editor->setCaretForegroundColor(tokens.text);
    m_editor->setSelectionBackgroundColor(tokens.selection);
    m_editor->resetSelectionForegroundColor();
    m_editor->setMatchedBraceBackgroundColor(tokens.hover);
    m_editor->setMatchedBraceForegroundColor(tokens.accent);
}

} // namespace edgewise::datapage
