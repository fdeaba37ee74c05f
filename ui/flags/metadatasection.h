// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/flagedit.h>
#include <flags/jsonformat.h>

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class JsonEdit;
class LineField;
class ProblemLines;
} // namespace edgewise::widgets

namespace edgewise::flagspage {

/// The metadata of a flag, a line a property with its type, or the whole as JSON. What is not
/// edited keeps its stored text.
class MetadataSection : public QWidget {
    Q_OBJECT

public:
    explicit MetadataSection(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void showMetadata(const flags::Flag &flag);
    void setReadOnly(bool readOnly);
    void setProblems(const std::vector<flags::Problem> &problems);

signals:
    void edited(const edgewise::flagspage::FlagEdit &edit);

private:
    struct Line {
        QWidget *widget;
        widgets::LineField *name;
        QComboBox *type;
        widgets::LineField *value;
        QToolButton *remove;
    };

    Line makeLine(int index);
    void showLines();
    void add();
    void rename(int index, const QString &name);
    void setType(int index, int type);
    void setValue(int index, const QString &text);
    void refuse(int index, const QString &why);
    void tell(std::vector<flags::JsonMember> members, const QString &topic);

    const theme::Appearance &m_appearance;
    std::optional<QString> m_stored;
    std::vector<flags::JsonMember> m_members;
    bool m_isReadOnly = false;
    bool m_focusNew = false;
    QPushButton *m_asJson;
    QPushButton *m_add;
    QVBoxLayout *m_column;
    QList<Line> m_lines;
    QLabel *m_fault;
    widgets::ProblemLines *m_problems;
    widgets::JsonEdit *m_json = nullptr; ///< made when it is first wanted
};

} // namespace edgewise::flagspage
