// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/flagedit.h>

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class Swatch;
}

namespace edgewise::flagspage {

/// What a matched rule serves: the default variant, one variant, or a split, with the ruler of its
/// buckets, a line a share, and what nobody gets.
class DistributionEditor : public QWidget {
    Q_OBJECT

public:
    explicit DistributionEditor(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `saved` is the rule as it is saved, or null.
    void setRule(const flags::Rule &rule, const FlagContext &context, const flags::Rule *saved);
    void setReadOnly(bool readOnly);
    void setEntityBucket(int bucket);

signals:
    /// `topic` is empty for what is worth an undo step of its own.
    void edited(const std::vector<edgewise::flags::Distribution> &distributions,
                const QString &topic);

private:
    struct Line {
        widgets::Swatch *swatch;
        QComboBox *variant;
        QDoubleSpinBox *share;
        QLabel *buckets;
        QToolButton *remove;
    };

    void createTools(QVBoxLayout *column);
    Line makeLine(int index);
    void showKinds();
    void showLines();
    void showRest();
    void chooseKind(int index);
    void addVariant();
    void takeRuler();
    void setShare(int line, double percentage);
    std::vector<flags::Distribution> distributions() const { return m_rule.distributions; }

    const theme::Appearance &m_appearance;
    flags::Rule m_rule;
    FlagContext m_context;
    std::optional<evaluation::BucketLayout> m_saved;
    bool m_isReadOnly = false;

    QComboBox *m_kind;
    QWidget *m_split;
    widgets::BucketRuler *m_ruler;
    QGridLayout *m_grid;
    QList<Line> m_lines;
    QLabel *m_rest;
    QPushButton *m_addVariant;
    QPushButton *m_equal;
    QPushButton *m_fill;
    QPushButton *m_fewest;
};

} // namespace edgewise::flagspage
