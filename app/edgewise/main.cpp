// SPDX-License-Identifier: GPL-3.0-or-later
#include "logtail.h"
#include "options.h"
#include "shell.h"

#include <messages/sentence.h>
#include <secrets/systemkeychain.h>
#include <secrets/tokenstore.h>
#include <settings/settings.h>
#include <store/journal.h>
#include <theme/appearance.h>
#include <window/mainwindow.h>
#include <window/viewstate.h>

#include <QApplication>
#include <QDir>
#include <QNetworkProxyFactory>
#include <QStandardPaths>

#include <cstdio>
#include <optional>

using namespace edgewise;
using namespace Qt::StringLiterals;

namespace {

void print(FILE *stream, const QString &text)
{
    std::fputs(text.toLocal8Bit().constData(), stream);
}

theme::Scheme schemeOf(const QString &name)
{
    return name == "dark"_L1    ? theme::Scheme::Dark
           : name == "light"_L1 ? theme::Scheme::Light
                                : theme::Scheme::System;
}

QString nameOf(theme::Scheme scheme)
{
    switch (scheme) {
    case theme::Scheme::System:
        return u"system"_qs;
    case theme::Scheme::Light:
        return u"light"_qs;
    case theme::Scheme::Dark:
        return u"dark"_qs;
    }
    Q_UNREACHABLE();
}

/// Prints what the options ask to print, or what is wrong with them; the exit code. Nothing where
/// the window shall open.
std::optional<int> answeredInText(const Result<ParsedOptions> &parsed)
{
    if (!parsed) {
        print(stderr, u"edgewise: "_qs + messages::sentence(parsed.error()) + u'\n');
        return 2;
    }
    if (parsed->help.isEmpty())
        return std::nullopt;
    print(stdout, parsed->help);
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(u"edgewise"_qs);
    QCoreApplication::setApplicationVersion(QStringLiteral(EDGEWISE_VERSION));
    if (asksForText(argc, argv)) {
        const QCoreApplication application(argc, argv);
        return answeredInText(parseOptions(QCoreApplication::arguments())).value_or(2);
    }
    const LogTail log;
    QGuiApplication::setDesktopFileName(u"org.edgewise.Edgewise"_qs);
    // Before the application: connections end on its thread pool, and still ask for the time.
    const SystemClock clock;
    QApplication application(argc, argv);
    QNetworkProxyFactory::setUseSystemConfiguration(true); // nodes may lie behind one
    const Result<ParsedOptions> parsed = parseOptions(QCoreApplication::arguments());
    if (const std::optional<int> code = answeredInText(parsed))
        return *code;

    settings::Settings settings(parsed->options.settingsFile);
    theme::Appearance appearance;
    appearance.choose(schemeOf(settings.value(settings::theme)));
    window::MainWindow mainWindow(appearance);
    const QDir data(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    store::Journal journal(data.filePath(u"journal.db"_qs), clock);
    secrets::SystemKeychain keychain(u"edgewise"_qs);
    secrets::TokenStore tokens(keychain);
    Shell shell(parsed->options, mainWindow, appearance, settings, clock, &journal, &tokens);
    shell.setLog(&log);
    window::ViewState viewState(mainWindow, settings);
    QObject::connect(&appearance, &theme::Appearance::changed, &mainWindow,
                     [&] { settings.setValue(settings::theme, nameOf(appearance.scheme())); });
    QObject::connect(&mainWindow, &window::MainWindow::closing, &mainWindow,
                     [&] { viewState.save(); });
    QObject::connect(&shell, &Shell::opened, &mainWindow, [&] { viewState.restoreViews(); });
    viewState.restoreWindow();
    shell.start();
    mainWindow.show();
    return application.exec();
}
