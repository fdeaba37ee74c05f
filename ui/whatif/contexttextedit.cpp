// SPDX-License-Identifier: GPL-3.0-or-later
#include <whatif/contexttextedit.h>

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;

ContextTextEdit::ContextTextEdit(QWidget *parent)
    : QPlainTextEdit(parent), m_words(new QStringListModel(this)),
      m_completer(new QCompleter(m_words, this))
{
    setTabChangesFocus(true);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &ContextTextEdit::insert);
}

void ContextTextEdit::setVocabulary(const QMap<QString, QStringList> &vocabulary)
{
    m_vocabulary = vocabulary;
}

ContextTextEdit::Place ContextTextEdit::place() const
{
    // Strings do not go over a line's end, but the name before a value may stand lines above.
    const QString text = toPlainText().first(textCursor().position());
    Place place;
    QString last;
    bool isValue = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (place.isInString && c == u'\\') {
            ++i;
        } else if (c == u'"') {
            place.isInString = !place.isInString;
            if (!place.isInString)
                last = place.started;
            place.started.clear();
            continue;
        } else if (!place.isInString && c == u':') {
            isValue = true;
            place.property = last;
        } else if (!place.isInString && (c == u',' || c == u'{')) {
            isValue = false;
            place.property.clear();
        }
        if (place.isInString)
            place.started += c;
    }
    if (!isValue)
        place.property.clear();
    return place;
}

void ContextTextEdit::complete()
{
    const Place here = place();
    if (!here.isInString) {
        m_completer->popup()->hide();
        return;
    }
    m_words->setStringList(here.property.isEmpty() ? QStringList(m_vocabulary.keys())
                                                   : m_vocabulary.value(here.property));
    m_completer->setCompletionPrefix(here.started);
    const bool isDone =
        m_completer->completionCount() == 1 && m_completer->currentCompletion() == here.started;
    if (m_completer->completionCount() == 0 || isDone) {
        m_completer->popup()->hide();
        return;
    }
    QRect rect = cursorRect();
    rect.setWidth(m_completer->popup()->sizeHintForColumn(0)
                  + m_completer->popup()->verticalScrollBar()->sizeHint().width());
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    m_completer->complete(rect);
}

void ContextTextEdit::insert(const QString &word)
{
    const Place here = place();
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(here.started.size()));
    cursor.insertText(word);
    // The closing quote, where it is not there yet.
    const QString rest = cursor.block().text().mid(cursor.positionInBlock());
    if (rest.startsWith(u'"'))
        cursor.movePosition(QTextCursor::Right);
    else
        cursor.insertText(u"\""_qs);
    setTextCursor(cursor);
}

void ContextTextEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isListOpen = m_completer->popup()->isVisible();
    const int key = event->key();
    // The list takes these by itself.
    if (isListOpen
        && (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape
            || key == Qt::Key_Tab)) {
        event->ignore();
        return;
    }
    const bool isAsked = key == Qt::Key_Space && event->modifiers().testFlag(Qt::ControlModifier);
    if (!isAsked)
        QPlainTextEdit::keyPressEvent(event);
    if (isAsked || isListOpen || !event->text().trimmed().isEmpty())
        complete();
}

} // namespace edgewise::whatifpage
