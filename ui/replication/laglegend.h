// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/lagaxis.h>

#include <QLabel>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::replicationpage {

/// Names the lines of the lag chart, and at a moment their figures; the others, which are drawn as
/// a band, together.
class LagLegend : public QLabel {
    Q_OBJECT

public:
    /// What is drawn, and where the cursor stands; times as in models::lagLines().
    struct Content {
        QStringList names;
        QList<QList<QList<QPointF>>> lines; ///< of these names
        QList<int> drawn;                   ///< which of them are lines of their own
        models::LagUnit unit = models::LagUnit::Milliseconds;
        double gapSeconds = 0;
        std::optional<double> at;
        QString moment; ///< of the cursor, for people
    };

    explicit LagLegend(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void setContent(const Content &content);
    /// The figures at the cursor in words, without marks; empty without a cursor.
    QString reading() const { return m_reading; }

private:
    QString figureText(double value) const;
    QString figureAt(int line) const;
    QString othersText() const;

    const theme::Appearance &m_appearance;
    Content m_content;
    QString m_reading;
};

} // namespace edgewise::replicationpage
