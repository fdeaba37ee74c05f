// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// A variant's colour as it appears in every drawing.
class Swatch : public QWidget {
    Q_OBJECT

public:
    explicit Swatch(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// Of the variant's place in its flag; negative is no variant.
    void setIndex(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    int m_index = -1;
};

} // namespace edgewise::widgets
