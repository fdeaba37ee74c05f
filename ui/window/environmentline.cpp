// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <window/environmentline.h>

#include <QCoreApplication>

namespace edgewise::window {

using namespace Qt::StringLiterals;

EnvironmentLine::EnvironmentLine(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance)
{
    setObjectName(u"environmentLine"_qs);
    setFixedHeight(theme::metrics::environmentLine);
}

void EnvironmentLine::setEnvironment(theme::Environment environment)
{
    m_environment = environment;
    setAccessibleName(environmentWord(environment));
    update();
}

void EnvironmentLine::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_appearance.theme().environment(m_environment));
}

QString environmentWord(theme::Environment environment)
{
    switch (environment) {
    case theme::Environment::Local:
        return {};
    case theme::Environment::Development:
        return QCoreApplication::translate("Environment", "development");
    case theme::Environment::Staging:
        return QCoreApplication::translate("Environment", "staging");
    case theme::Environment::Production:
        return QCoreApplication::translate("Environment", "production");
    }
    Q_UNREACHABLE();
}

} // namespace edgewise::window
