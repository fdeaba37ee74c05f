// SPDX-License-Identifier: GPL-3.0-or-later
// The window's own work: the Flags table with 100,000 flags, and how long the event loop is held up
// in a session with 10,000 flags while a replica lags.
#include "largenode.h"
#include "measure.h"

#include <edgewise/shell.h>
#include <models/flagtablemodel.h>
#include <settings/settings.h>
#include <support/generator.h>
#include <theme/appearance.h>
#include <window/mainwindow.h>

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QToolButton>

using namespace edgewise;
using namespace edgewise::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr int hundredThousand = 100'000;

/// Measures every delivery of an event that the window's event loop makes, nested ones as part of
/// it: the longest is the longest time for which nothing else could happen. Other threads deliver
/// their events through here as well; they hold nothing up.
class WatchedApplication : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread())
            return QApplication::notify(receiver, event);
        if (m_depth++ > 0 || !m_isWatching) {
            const bool result = QApplication::notify(receiver, event);
            --m_depth;
            return result;
        }
        const char *className = receiver->metaObject()->className();
        const QEvent::Type type = event->type();
        const double start = wallSeconds();
        const bool result = QApplication::notify(receiver, event);
        const double taken = wallSeconds() - start;
        --m_depth;
        if (taken > m_longest) {
            m_longest = taken;
            m_where = u"%1, event %2"_qs.arg(QLatin1StringView(className)).arg(int(type));
        }
        return result;
    }

    void watch()
    {
        m_isWatching = true;
        m_longest = 0;
    }
    double longest() const { return m_longest; }
    const QString &where() const { return m_where; }

private:
    int m_depth = 0;
    bool m_isWatching = false;
    double m_longest = 0;
    QString m_where;
};

WatchedApplication &application()
{
    return *static_cast<WatchedApplication *>(QCoreApplication::instance());
}

/// A model of 100,000 flags in a view that is shown.
struct FlagTable {
    models::FlagTableModel model;
    QTableView view;

    FlagTable()
    {
        const flags::Snapshot snapshot = test::largeSnapshot(hundredThousand);
        model.setNamespace(snapshot.namespaces.front(), snapshot.namespaces.front());
        view.setModel(&model);
        view.resize(1000, 700);
        view.show();
        if (!QTest::qWaitForWindowExposed(&view) || model.rowCount() != hundredThousand)
            qFatal("the table is not shown");
    }
};

/// Milliseconds of the slowest key stroke of a word, the last one of which empties the field.
Figures filterFlags()
{
    FlagTable table;
    const QString word = u"flag 9995"_qs;
    return interleaved(
        [&] {
            double slowest = 0;
            for (qsizetype i = 1; i <= word.size() + 1; ++i) {
                const QString text = i <= word.size() ? word.first(i) : QString();
                slowest = std::max(slowest, seconds([&] { table.model.setFilter(text); }));
            }
            return 1000 * slowest;
        },
        {}, 15);
}

Figures sortFlags()
{
    FlagTable table;
    using Model = models::FlagTableModel;
    table.model.sort(Model::NameColumn, Qt::AscendingOrder); // makes the keys
    auto order = Qt::AscendingOrder;
    return interleaved(
        [&] {
            table.model.sort(Model::KeyColumn, Qt::AscendingOrder);
            order = order == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
            return 1000 * seconds([&] { table.model.sort(Model::NameColumn, order); });
        },
        {}, 15);
}

template <typename T>
T *find(window::MainWindow &window, const char *name)
{
    auto *found = window.findChild<T *>(QLatin1StringView(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

void waitFor(const char *what, const std::function<bool()> &condition)
{
    if (!QTest::qWaitFor(condition, 60'000))
        qFatal("waited in vain: %s", what);
}

/// Lets the window do what it has to do for a while; the machine's slowness is no stall.
void rest()
{
    QTest::qWait(150);
}

/// What a person does, by keys and clicks through visible widgets.
void useWindow(window::MainWindow &window, Shell &shell)
{
    auto *table = find<QTableView>(window, "flagTable");
    auto *filter = find<QLineEdit>(window, "flagFilter");
    QTest::mouseClick(find<QToolButton>(window, "accessButton"), Qt::LeftButton);
    rest();
    for (const QChar c : u"flag 777"_qs) {
        QTest::keyClick(filter, c.toLatin1());
        rest();
    }
    filter->clear();
    rest();
    table->setFocus();
    for (int i = 0; i < 20; ++i) {
        QTest::keyClick(table, Qt::Key_Down);
        QTest::qWait(30);
    }
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(table, Qt::Key_Space);
        rest();
    }
    window.undoAction()->trigger();
    rest();
    window.redoAction()->trigger();
    rest();
    for (const Qt::Key page : {Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_1}) {
        QTest::keyClick(&window, page, Qt::ControlModifier);
        rest();
        rest();
    }
    for (const int width : {960, 1280}) {
        window.resize(width, width * 5 / 8);
        rest();
    }
    if (!shell.session())
        qFatal("the session is gone");
}

/// Milliseconds.
Figures longestStall()
{
    LargeNode primary;
    test::SqldNode lagging(primary.node());
    const QTemporaryDir folder;
    static const SystemClock clock; // connections end on the thread pool, and ask for the time
    std::vector<double> stalls;
    for (int round = 0; round < 5; ++round) {
        settings::Settings settings(folder.filePath(u"edgewise.ini"_qs));
        theme::Appearance appearance;
        window::MainWindow window(appearance);
        Options options;
        options.primary = primary.url().toString();
        options.replicas = {lagging.url().toString()};
        Shell shell(options, window, appearance, settings, clock, nullptr);
        shell.start();
        window.resize(1280, 800);
        window.show();
        application().watch();
        waitFor("the flags", [&] {
            auto *table = window.findChild<QTableView *>(u"flagTable"_qs);
            return table && table->model() && table->model()->rowCount() == largeFlagCount;
        });
        lagging.pause();
        primary.node().execute(
            {u"update flags set description = 'round %1' where rowid % 10 = 0"_qs.arg(round)});
        useWindow(window, shell);
        lagging.resume();
        rest();
        stalls.push_back(1000 * application().longest());
        std::fprintf(stderr, "stall of %.1f ms: %s\n", stalls.back(),
                     qPrintable(application().where()));
    }
    return {median(stalls)};
}

} // namespace

int main(int argc, char **argv)
{
    WatchedApplication app(argc, argv);
    return measureRows(argc, argv,
                       {{"filter", filterFlags}, {"sort", sortFlags}, {"stall", longestStall}});
}
