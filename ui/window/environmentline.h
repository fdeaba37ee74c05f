// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/state.h>

#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::window {

/// The line over the whole window that tells what may be broken by a click. Nothing for Local.
class EnvironmentLine : public QWidget {
    Q_OBJECT

public:
    explicit EnvironmentLine(const theme::Appearance &appearance, QWidget *parent = nullptr);
    void setEnvironment(theme::Environment environment);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    theme::Environment m_environment = theme::Environment::Local;
};

/// "development", "staging", "production"; empty for Local.
QString environmentWord(theme::Environment environment);

} // namespace edgewise::window
