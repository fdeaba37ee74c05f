// SPDX-License-Identifier: GPL-3.0-or-later
#include <edgewise/shell.h>
#include <settings/settings.h>
#include <store/journal.h>
#include <support/constants.h>
#include <theme/appearance.h>
#include <ui/sampledatabase.h>
#include <window/mainwindow.h>
#include <window/viewstate.h>

#include <QApplication>
#include <QProcess>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultNamespace;
using test::patience;
using test::systemClock;

namespace {

/// The window on a database, with journal and settings in the same folder.
struct Program {
    explicit Program(const QString &folder)
        : directory(folder), settings(directory.filePath(u"edgewise.ini"_qs)),
          journal(directory.filePath(u"journal.db"_qs), systemClock), window(appearance),
          viewState(window, settings),
          shell(optionsFor(directory), window, appearance, settings, systemClock, &journal)
    {
        viewState.restoreWindow();
        shell.start();
        window.show();
    }
    static Options optionsFor(const QDir &directory)
    {
        Options options;
        options.primary = directory.filePath(u"flags.db"_qs);
        return options;
    }
    workspace::Workspace &workspace() { return shell.session()->workspace(); }
    bool isReady() { return workspace().primary().hasReading(); }

    QDir directory;
    settings::Settings settings;
    store::Journal journal;
    theme::Appearance appearance;
    window::MainWindow window;
    window::ViewState viewState;
    Shell shell;
};

/// Run as another process, which then dies as if the power had gone.
int editAndDie(const QString &folder)
{
    Program program(folder);
    if (!QTest::qWaitFor([&] { return program.isReady(); }, patience))
        return 1;
    program.workspace().unlock();
    program.window.resize(700, 450);
    auto *table = program.window.findChild<QTableView *>(u"flagTable"_qs);
    if (!QTest::qWaitFor([&] { return table->model()->rowCount() > 0; }, patience))
        return 1;
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Home);
    QTest::keyClick(table, Qt::Key_Space);
    if (!program.workspace().draft().isChanged())
        return 2;
    const QString source = program.directory.filePath(u"flags.db"_qs);
    const bool kept = QTest::qWaitFor(
        [&] {
            const auto draft = program.journal.draft(source);
            return QTest::qWaitFor([&] { return draft.isFinished(); }, patience) && draft.result()
                   && *draft.result()
                   && program.settings.value(settings::windowGeometry)
                          == program.window.saveGeometry();
        },
        patience);
    if (!kept)
        return 3;
    std::raise(SIGKILL);
    return 4;
}

} // namespace

class TestCrash : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;

private slots:
    void initTestCase()
    {
        const QString file = m_directory.filePath(u"flags.db"_qs);
        QVERIFY(test::initialise(file, systemClock));
        const auto workspace = test::openUnlocked(file, {}, systemClock);
        QVERIFY(workspace && test::loadSample(*workspace));
        QProcess victim;
        victim.setProcessChannelMode(QProcess::ForwardedChannels);
        victim.start(QCoreApplication::applicationFilePath(), {u"--die"_qs, m_directory.path()});
        QVERIFY(victim.waitForFinished(2 * patience));
        QCOMPARE(victim.exitStatus(), QProcess::CrashExit);
        QCOMPARE(victim.exitCode(), SIGKILL);
    }

    void theNextStartOffersExactlyThatDraft()
    {
        Program program(m_directory.path());
        QCOMPARE(program.window.size(), QSize(700, 450));
        program.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&program.window));
        QTRY_VERIFY_WITH_TIMEOUT(program.workspace().draft().isChanged(), patience);
        const changes::ChangeSet changes = changes::semantic(program.workspace().draft().changes());
        QCOMPARE(changes.changes.size(), size_t(1));
        QCOMPARE(changes.changes[0].fields.size(), size_t(1));
        QVERIFY(changes.changes[0].fields.contains(changes::Field::Enabled));

        QTRY_VERIFY(program.window.findChild<QPushButton *>(u"remedy_reviewRestored"_qs));
        QTest::mouseClick(program.window.findChild<QPushButton *>(u"remedy_reviewRestored"_qs),
                          Qt::LeftButton);
        QCOMPARE(program.window.currentPage(), u"review"_qs);
        QVERIFY(program.workspace().draft().isChanged());
    }

    void whatIsDiscardedStaysAway()
    {
        {
            Program program(m_directory.path());
            program.window.activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&program.window));
            QCOMPARE(program.window.currentPage(), u"review"_qs); // the page comes back as well
            QTRY_VERIFY_WITH_TIMEOUT(
                program.window.findChild<QPushButton *>(u"remedy_discardRestored"_qs), patience);
            QTest::mouseClick(program.window.findChild<QPushButton *>(u"remedy_discardRestored"_qs),
                              Qt::LeftButton);
            QVERIFY(!program.workspace().draft().isChanged());
            const auto source = program.directory.filePath(u"flags.db"_qs);
            QTRY_VERIFY_WITH_TIMEOUT(
                [&] {
                    const auto draft = program.journal.draft(source);
                    return QTest::qWaitFor([&] { return draft.isFinished(); }, patience)
                           && draft.result() && !*draft.result();
                }(),
                patience);
        }
        Program program(m_directory.path());
        QTRY_VERIFY_WITH_TIMEOUT(program.isReady(), patience);
        QVERIFY(!program.workspace().draft().isChanged());
    }
};

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == u"--die"_qs)
        return editAndDie(arguments[2]);
    TestCrash test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_crash.moc"
