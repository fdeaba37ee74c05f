// SPDX-License-Identifier: GPL-3.0-or-later
#include <connections/connectionspage.h>
#include <settings/settings.h>
#include <support/authority.h>
#include <support/constants.h>
#include <support/front.h>
#include <support/sqldnode.h>
#include <support/testdata.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <widgets/messagebar.h>

#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::patience;
using test::systemClock;

/// The page on its own, with real nodes behind its test button.
class TestConnectionsPage : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    std::unique_ptr<test::SqldNode> m_primary;
    std::unique_ptr<test::SqldNode> m_replica;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<connections::ConnectionsPage> m_page;

    template <typename T>
    T *find(const QString &name)
    {
        return m_page->findChild<T *>(name);
    }
    void click(const QString &button)
    {
        QVERIFY(find<QPushButton>(button)->isEnabled());
        QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton);
    }
    void type(const QString &field, const QString &text)
    {
        auto *widget = find<QWidget>(field);
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(widget, text);
    }
    QString message()
    {
        auto *bar = m_page->findChild<widgets::MessageBar *>();
        return bar->hasMessage() ? bar->message().what : QString();
    }
    int lines(const QString &what)
    {
        auto *tree = find<QTreeWidget>(u"diagnosis"_qs);
        return static_cast<int>(
            tree->findItems(what, Qt::MatchExactly | Qt::MatchRecursive, 0).size());
    }

private slots:
    void initTestCase()
    {
        m_primary = std::make_unique<test::SqldNode>();
        m_replica = std::make_unique<test::SqldNode>(*m_primary);
        m_settings = std::make_unique<settings::Settings>(m_directory.filePath(u"edgewise.ini"_qs));
    }

    void init()
    {
        m_page = std::make_unique<connections::ConnectionsPage>(m_appearance, *m_settings, nullptr,
                                                                systemClock);
        m_page->resize(900, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void keepsWhatWasTyped()
    {
        QVERIFY(!find<QPushButton>(u"openConnection"_qs)->isEnabled());
        type(u"connectionPrimary"_qs, m_primary->url().toString());
        type(u"connectionReplicas"_qs, m_replica->url().toString());
        type(u"connectionName"_qs, u"Europe"_qs);
        auto *environment = find<QWidget>(u"connectionEnvironment"_qs);
        environment->setFocus();
        QTest::keyClick(environment, Qt::Key_End);
        click(u"keepConnection"_qs);
        const auto kept = settings::connectionSettings(*m_settings, m_primary->url().toString());
        QCOMPARE(kept.name, u"Europe"_qs);
        QCOMPARE(kept.replicas, QStringList{m_replica->url().toString()});
        QCOMPARE(kept.environment, u"production"_qs);
        QCOMPARE(find<QListWidget>(u"connectionList"_qs)->item(0)->text(), u"Europe"_qs);
        QCOMPARE(test::inputFaults(*m_page), QStringList());
    }

    void keepsTheWayToTheNodes()
    {
        test::Authority authority;
        const test::Front front(m_primary->url(),
                                authority.serverConfiguration(u"DNS:localhost"_qs));
        const QString address = front.url(u"https"_qs).toString();
        type(u"connectionPrimary"_qs, address);
        type(u"connectionProxy"_qs, u"none"_qs);
        // Its certificate is nobody's whom the system trusts…
        click(u"testConnection"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(message().contains(u"not work"), patience);
        // …but whom the file names.
        type(u"connectionAuthorities"_qs, authority.file() + u".missing"_qs);
        QVERIFY(find<QLabel>(u"connectionProblem"_qs)->isVisible());
        QVERIFY(!find<QPushButton>(u"testConnection"_qs)->isEnabled());
        type(u"connectionAuthorities"_qs, authority.file());
        QVERIFY(!find<QLabel>(u"connectionProblem"_qs)->isVisible());
        click(u"testConnection"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(lines(u"encryption"_qs), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(lines(u"schema"_qs) == 1, patience);
        click(u"keepConnection"_qs);
        const auto kept = settings::connectionSettings(*m_settings, address);
        QCOMPARE(kept.authoritiesFile, authority.file());
        QCOMPARE(kept.proxy, u"none"_qs);
        settings::forgetConnection(*m_settings, address);
    }

    void wrongAddressesAreSaidWhileTyping()
    {
        type(u"connectionPrimary"_qs, u"ftp://nowhere"_qs);
        QVERIFY(find<QLabel>(u"connectionProblem"_qs)->isVisible());
        QVERIFY(!find<QPushButton>(u"keepConnection"_qs)->isEnabled());
        QVERIFY(!find<QPushButton>(u"testConnection"_qs)->isEnabled());
    }

    void choosesAndOpens()
    {
        QSignalSpy opened(m_page.get(), &connections::ConnectionsPage::openWanted);
        auto *list = find<QListWidget>(u"connectionList"_qs);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualItemRect(list->item(0)).center());
        QCOMPARE(find<QLineEdit>(u"connectionName"_qs)->text(), u"Europe"_qs);
        click(u"openConnection"_qs);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].value<settings::ConnectionSettings>().replicas,
                 QStringList{m_replica->url().toString()});
    }

    void testsEveryNode()
    {
        m_page->choose(m_primary->url().toString());
        click(u"testConnection"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(!message().isEmpty(), patience);
        QCOMPARE(message(), u"Everything that was looked at is well."_qs);
        QCOMPARE(lines(u"port"_qs), 2);
        QCOMPARE(lines(u"log"_qs), 1);
        QCOMPARE(lines(u"replica"_qs), 1);
    }

    void findsAReplicaOfAnotherPrimary()
    {
        const test::SqldNode other;
        type(u"connectionPrimary"_qs, other.url().toString());
        type(u"connectionReplicas"_qs, m_replica->url().toString());
        click(u"testConnection"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(message(), u"One thing does not work."_qs, patience);
    }

    void importsAComposeFile()
    {
        click(u"importConnection"_qs);
        QTRY_VERIFY(find<QFileDialog>(QString()));
        test::acceptFile(*find<QFileDialog>(QString()),
                         test::sourcePath(u"packaging/docker-compose.yml"_qs));
        QTRY_COMPARE(find<QLineEdit>(u"connectionPrimary"_qs)->text(), u"http://127.0.0.1:8000"_qs);
        QVERIFY(message().startsWith(u"Taken from the file"_qs));
    }

    void forgets()
    {
        m_page->choose(m_primary->url().toString());
        click(u"forgetConnection"_qs);
        QCOMPARE(find<QListWidget>(u"connectionList"_qs)->count(), 0);
        QVERIFY(
            settings::connectionSettings(*m_settings, m_primary->url().toString()).name.isEmpty());
    }
};

QTEST_MAIN(TestConnectionsPage)
#include "tst_connectionspage.moc"
