// SPDX-License-Identifier: GPL-3.0-or-later
#include <edgewise/logtail.h>
#include <edgewise/shell.h>
#include <settings/settings.h>
#include <support/constants.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <ui/sampledatabase.h>
#include <window/mainwindow.h>

#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultNamespace;
using test::patience;
using test::systemClock;

/// What holds for the whole window, whatever page is shown.
class TestConventions : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    std::unique_ptr<LogTail> m_log;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<store::Journal> m_journal;
    std::unique_ptr<window::MainWindow> m_window;
    std::unique_ptr<Shell> m_shell;

    workspace::Workspace &workspace() { return m_shell->session()->workspace(); }
    /// As a file manager drops a file.
    void drop(const QString &path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &event);
    }
    QString write(const QString &name, const QByteArray &content)
    {
        QFile file(m_directory.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) > 0 ? file.fileName()
                                                                          : QString();
    }
    void runByPalette(const QString &words)
    {
        // Without a window manager nobody gives the focus back when a dialog has closed.
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto *query = m_window->findChild<QLineEdit *>(u"paletteQuery"_qs);
        QTest::keyClicks(query, words);
        QTest::keyClick(query, Qt::Key_Return);
    }

private slots:
    void initTestCase()
    {
        const QString file = m_directory.filePath(u"flags.db"_qs);
        QVERIFY(test::initialise(file, systemClock));
        {
            const auto seeding = test::openUnlocked(file, {}, systemClock);
            QVERIFY(seeding && test::loadSample(*seeding));
        }
        m_settings = std::make_unique<settings::Settings>(m_directory.filePath(u"edgewise.ini"_qs));
        m_journal =
            std::make_unique<store::Journal>(m_directory.filePath(u"journal.db"_qs), systemClock);
        m_window = std::make_unique<window::MainWindow>(m_appearance);
        Options options;
        options.primary = file;
        m_shell = std::make_unique<Shell>(options, *m_window, m_appearance, *m_settings,
                                          systemClock, m_journal.get());
        m_log = std::make_unique<LogTail>(); // over the handler of the test
        m_shell->setLog(m_log.get());
        m_shell->start();
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_VERIFY_WITH_TIMEOUT(workspace().primary().hasReading(), patience);
    }

    void everyInputOfEveryPageIsNamedAndReached()
    {
        QCOMPARE(test::inputFaults(*m_window).join(u"\n"_qs), QString());
    }

    void diagnosticsHoldNoContent()
    {
        qWarning("A line for the log.");
        runByPalette(u"diagnostics"_qs);
        QTRY_VERIFY(m_window->findChild<QPlainTextEdit *>(u"diagnosticsText"_qs));
        auto *report = m_window->findChild<QPlainTextEdit *>(u"diagnosticsText"_qs);
        const QString text = report->toPlainText();
        QVERIFY2(text.contains(u"schema 15 (current)"_qs), qPrintable(text));
        QVERIFY(text.contains(u"A line for the log."_qs));
        QVERIFY(text.contains(QString::fromLatin1(qVersion())));
        for (const auto &flag : workspace().draft().current().nameSpace(defaultNamespace)->flags)
            QVERIFY(!text.contains(flag->key.text()));
        QTest::keyClick(report, Qt::Key_Escape);
        QTRY_VERIFY(!m_window->findChild<QPlainTextEdit *>(u"diagnosticsText"_qs));
    }

    void aDroppedDocumentBecomesADraft()
    {
        drop(write(u"features.yml"_qs, "version: \"1.4\"\n"
                                       "namespace: {key: default, name: Default}\n"
                                       "flags:\n"
                                       "  - key: dropped\n"
                                       "    name: Dropped\n"
                                       "    type: BOOLEAN_FLAG_TYPE\n"
                                       "    enabled: true\n"));
        QVERIFY(workspace()
                    .draft()
                    .current()
                    .nameSpace(defaultNamespace)
                    ->flag(FlagKey(u"dropped"_qs)));
        QCOMPARE(m_window->currentPage(), u"review"_qs);
        // Nothing else went with it.
        QVERIFY(workspace().draft().current().nameSpace(defaultNamespace)->flags.size()
                == workspace().draft().base().nameSpace(defaultNamespace)->flags.size() + 1);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!workspace().draft().isChanged());
    }

    void whatIsNoDocumentIsRefusedWithItsPlace()
    {
        drop(write(u"broken.yml"_qs, "flags:\n  - key: [\n"));
        QVERIFY(!workspace().draft().isChanged());
        QStringList shown;
        const QList<QLabel *> labels = m_window->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            if (label->isVisible())
                shown.append(label->text());
        QVERIFY(shown.join(u'\n').contains(u"broken.yml cannot be imported."_qs));
    }

    void exportsWhatItHolds()
    {
        const QString path = m_directory.filePath(u"out.yml"_qs);
        runByPalette(u"export document"_qs);
        QTRY_VERIFY(m_window->findChild<QFileDialog *>());
        test::acceptFile(*m_window->findChild<QFileDialog *>(), path);
        QTRY_VERIFY(QFile::exists(path));
        // Dropped again, it says nothing new.
        drop(path);
        QVERIFY(!workspace().draft().isChanged());
    }

    void cleanupTestCase()
    {
        m_shell.reset();
        m_log.reset();
    }
};

QTEST_MAIN(TestConventions)
#include "tst_conventions.moc"
