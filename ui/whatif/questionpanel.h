// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>
#include <models/contextmodel.h>

#include <QTimer>
#include <QWidget>

class QComboBox;
class QCompleter;
class QLineEdit;
class QTableView;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::whatifpage {

/// The question about one entity: which flag or all of them, which entity, with which context.
class QuestionPanel : public QWidget {
    Q_OBJECT

public:
    explicit QuestionPanel(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// The flags to choose from and the words to complete with; null for none. Keeps what was
    /// chosen and typed.
    void setNamespace(const std::shared_ptr<const flags::Namespace> &nameSpace);
    /// An empty key asks all flags.
    void chooseFlag(const QString &key);

    QString flag() const; ///< empty for all flags
    QString entity() const;
    models::ContextModel::Context context() const { return m_context->context(); }
    void setEntity(const QString &entity);
    void setContext(const models::ContextModel::Context &context);

signals:
    /// A little after the last key, or at once where nothing is being typed.
    void changed();

private:
    void createContext(QVBoxLayout *column, const theme::Appearance &appearance);
    void takeTypedFlag();
    void removeProperty();

    QComboBox *m_flag;
    QLineEdit *m_entity;
    QTableView *m_table;
    models::ContextModel *m_context;
    QMap<QString, QStringList> m_vocabulary;
    QTimer m_pause;
};

} // namespace edgewise::whatifpage
