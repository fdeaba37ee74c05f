// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>
#include <models/contextmodel.h>

#include <QTimer>
#include <QWidget>

class QPlainTextEdit;
class QStackedWidget;
class QTabBar;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::whatifpage {

class ContextTextEdit;

/// Which entity asks, with which context: as a table or as JSON, both completed with what the
/// segments of the namespace know.
class ContextPanel : public QWidget {
    Q_OBJECT

public:
    explicit ContextPanel(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// Null for none.
    void setWords(const std::shared_ptr<const flags::Namespace> &nameSpace);

    QString entity() const;
    models::ContextModel::Context context() const { return m_context->context(); }
    void setEntity(const QString &entity);
    void setContext(const models::ContextModel::Context &context);

signals:
    /// A little after the last key, or at once where nothing is being typed. While the JSON cannot
    /// be read the last context that could stays.
    void changed();

private:
    void createTable(const theme::Appearance &appearance);
    void createJson();
    void takeJson();
    void showContext();
    void removeProperty();

    QLineEdit *m_entity;
    QTabBar *m_forms;
    QStackedWidget *m_sheets;
    QTableView *m_table;
    ContextTextEdit *m_json;
    QLabel *m_problem;
    models::ContextModel *m_context;
    QMap<QString, QStringList> m_vocabulary;
    QTimer m_pause;
    bool m_isFromJson = false; ///< the context follows the text, not the other way round
};

} // namespace edgewise::whatifpage
