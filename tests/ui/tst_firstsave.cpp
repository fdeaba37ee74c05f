// SPDX-License-Identifier: GPL-3.0-or-later
#include <edgewise/shell.h>
#include <features/parse.h>
#include <flags/edit.h>
#include <settings/settings.h>
#include <support/constants.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <ui/sampledatabase.h>
#include <window/mainwindow.h>

#include <QFile>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultNamespace;
using test::patience;
using test::systemClock;

/// The first save to a database that somebody else has filled.
class TestFirstSave : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<window::MainWindow> m_window;
    std::unique_ptr<Shell> m_shell;
    QString m_file;

    workspace::Workspace &workspace() { return m_shell->session()->workspace(); }
    flags::Flag flag(const flags::Snapshot &snapshot)
    {
        return *snapshot.nameSpace(defaultNamespace)->flags.front();
    }
    void describe(const QString &text)
    {
        QVERIFY(workspace().draft().edit(
            u"describe"_qs, [&](const flags::Snapshot &snapshot) -> Result<flags::Snapshot> {
                flags::Flag changed = flag(snapshot);
                changed.description = text;
                return flags::replaceFlag(snapshot, defaultNamespace, changed);
            }));
    }
    void clickSave()
    {
        m_window->showPage(u"review"_qs);
        auto *save = m_window->findChild<QPushButton *>(u"saveButton"_qs);
        QVERIFY(save);
        QTRY_VERIFY(save->isEnabled());
        test::click(save);
    }
    QMessageBox *question() { return m_window->findChild<QMessageBox *>(u"firstSave"_qs); }

private slots:
    void initTestCase()
    {
        m_file = m_directory.filePath(u"flags.db"_qs);
        QVERIFY(test::initialise(m_file, systemClock));
        const auto seeding = test::openUnlocked(m_file, {}, systemClock);
        QVERIFY(seeding && test::loadSample(*seeding));
    }

    void init()
    {
        m_settings = std::make_unique<settings::Settings>(m_directory.filePath(u"edgewise.ini"_qs));
        m_window = std::make_unique<window::MainWindow>(m_appearance);
        Options options;
        options.primary = m_file;
        m_shell = std::make_unique<Shell>(options, *m_window, m_appearance, *m_settings,
                                          systemClock, nullptr);
        m_shell->start();
        m_window->show();
        QTRY_VERIFY_WITH_TIMEOUT(workspace().primary().hasReading(), patience);
        workspace().unlock();
    }
    void cleanup()
    {
        m_shell.reset();
        m_window.reset();
        m_settings.reset();
    }

    void nothingIsSavedWithoutAnAnswer()
    {
        describe(u"mine"_qs);
        clickSave();
        QVERIFY(question());
        QTest::keyClick(question(), Qt::Key_Escape);
        QTRY_VERIFY(!question());
        QVERIFY(workspace().draft().isChanged());
        QVERIFY(!workspace().lastSave());
    }

    void whatWasThereGoesToTheDocument()
    {
        const flags::Flag before = flag(workspace().draft().base());
        describe(u"mine"_qs);
        clickSave();
        QVERIFY(question()); // again
        test::click(question()->findChild<QPushButton *>(u"backUpFirst"_qs));
        const auto *dialog = m_window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        const QString backup = m_directory.filePath(u"backup.yml"_qs);
        test::acceptFile(*dialog, backup);
        QTRY_VERIFY_WITH_TIMEOUT(workspace().lastSave() && workspace().lastSave()->isCommitted(),
                                 patience);
        QFile file(backup);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto document = features::parse(file.readAll(), features::Format::Yaml);
        QVERIFY(document);
        QCOMPARE(flag(document->snapshot).key, before.key);
        QCOMPARE(flag(document->snapshot).description, before.description);
    }

    void isAskedOnce()
    {
        describe(u"again"_qs);
        clickSave();
        QVERIFY(!question());
        QTRY_VERIFY_WITH_TIMEOUT(workspace().lastSave() && workspace().lastSave()->isCommitted(),
                                 patience);
    }

    void canBeDeclined()
    {
        m_settings->setValue(settings::backupOffered, false, m_file);
        describe(u"without"_qs);
        clickSave();
        QVERIFY(question());
        test::click(question()->findChild<QPushButton *>(u"saveWithoutBackup"_qs));
        QTRY_VERIFY_WITH_TIMEOUT(workspace().lastSave() && workspace().lastSave()->isCommitted(),
                                 patience);
        QVERIFY(m_settings->value(settings::backupOffered, m_file));
    }
};

QTEST_MAIN(TestFirstSave)
#include "tst_firstsave.moc"
