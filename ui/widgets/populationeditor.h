// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/populationchoice.h>

#include <QTimer>
#include <QWidget>

class QComboBox;
class QSpinBox;
class QStackedWidget;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::models {
class AttributeTableModel;
}

namespace edgewise::widgets {

/// Edits which entities are asked: how many are generated, how their ids look and what they have,
/// or the file that they come from. What is edited goes into the choice at once.
class PopulationEditor : public QWidget {
    Q_OBJECT

public:
    /// `choice` must outlive the editor.
    PopulationEditor(const theme::Appearance &appearance, models::PopulationChoice &choice,
                     QWidget *parent = nullptr);

    /// What is shown as attributes while they follow what is asked (PopulationChoice::isFitting).
    void setFitted(const std::vector<evaluation::AttributePlan> &attributes);

signals:
    /// A file could not be read or written, or what was dropped is no population.
    void failed(const QString &sentence);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *createGenerated();
    QWidget *createFile();
    void createButtons(QLayout *layout);
    void showChoice();
    void takeEdit();
    void takeAttributes();
    void openFile(const QString &path);
    void savePlan(const QString &path);

    const theme::Appearance &m_appearance;
    models::PopulationChoice &m_choice;
    bool m_isShowing = false; ///< the widgets follow the choice, not the other way round
    QTimer m_pause;

    QComboBox *m_kind;
    QStackedWidget *m_sheets;
    QSpinBox *m_count;
    QComboBox *m_form;
    QLineEdit *m_pattern;
    QSpinBox *m_seed;
    models::AttributeTableModel *m_attributes;
    QTableView *m_table;
    QLabel *m_problem;
    QPushButton *m_fit;
    QLabel *m_path;
};

} // namespace edgewise::widgets
