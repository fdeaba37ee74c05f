// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/rows.h>

#include <QWidget>

class QsciAPIs;
class QsciLexerSQL;
class QsciScintilla;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::datapage {

/// A statement being written: words of SQL in colour, tables and columns completed.
class SqlEditor : public QWidget {
    Q_OBJECT

public:
    explicit SqlEditor(const theme::Appearance &appearance, QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);
    void setTables(const QList<store::TableInfo> &tables);
    /// What completion offers for the beginning of a word.
    QStringList completions(const QString &beginning) const;

signals:
    void textChanged();

private:
    void applyTheme();

    const theme::Appearance &m_appearance;
    QsciScintilla *m_editor;
    QsciLexerSQL *m_lexer;
    QsciAPIs *m_words;
    QStringList m_names;
};

} // namespace edgewise::datapage
