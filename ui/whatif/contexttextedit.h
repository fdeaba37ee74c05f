// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QPlainTextEdit>

class QCompleter;
class QStringListModel;

namespace edgewise::whatifpage {

/// A context as JSON, where the names and values inside of quotes are completed.
class ContextTextEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit ContextTextEdit(QWidget *parent = nullptr);

    /// Values by the property that they are known for.
    void setVocabulary(const QMap<QString, QStringList> &vocabulary);
    QCompleter *completer() const { return m_completer; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// The string that the cursor stands in.
    struct Place {
        bool isInString = false;
        QString started;  ///< from the opening quote to the cursor
        QString property; ///< whose value it is; empty for a name
    };
    Place place() const;
    void complete();
    void insert(const QString &word);

    QMap<QString, QStringList> m_vocabulary;
    QStringListModel *m_words;
    QCompleter *m_completer;
};

} // namespace edgewise::whatifpage
