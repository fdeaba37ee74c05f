// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/settings.h>
#include <window/viewstate.h>

#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestViewState : public QObject {
    Q_OBJECT

    struct Window : QWidget {
        Window() : splitter(new QSplitter(this)), table(new QTableView), model(3, 3)
        {
            auto *layout = new QVBoxLayout(this);
            layout->addWidget(splitter);
            splitter->setObjectName(u"flagsSplitter"_qs);
            table->setObjectName(u"flagTable"_qs);
            table->setModel(&model);
            splitter->addWidget(table);
            splitter->addWidget(new QWidget);
            resize(800, 400);
        }
        QSplitter *splitter;
        QTableView *table;
        QStandardItemModel model;
    };

private slots:
    void comesBackAsItWas()
    {
        QTemporaryDir directory;
        settings::Settings settings(directory.filePath(u"edgewise.ini"_qs));
        {
            Window window;
            window.resize(900, 500);
            window.show();
            window.splitter->setSizes({600, 200});
            window.table->horizontalHeader()->resizeSection(1, 222);
            window.table->sortByColumn(2, Qt::DescendingOrder);
            window::ViewState(window, settings).save();
        }
        Window window;
        window::ViewState state(window, settings);
        state.restoreWindow();
        state.restoreViews();
        window.show();
        QCOMPARE(window.size(), QSize(900, 500));
        QVERIFY(window.splitter->sizes()[0] > window.splitter->sizes()[1] * 2);
        QCOMPARE(window.table->horizontalHeader()->sectionSize(1), 222);
        QCOMPARE(window.table->horizontalHeader()->sortIndicatorSection(), 2);
    }

    void nonsenseIsLeftAside()
    {
        QTemporaryDir directory;
        settings::Settings settings(directory.filePath(u"edgewise.ini"_qs));
        settings.setValue(settings::windowGeometry, QByteArray("nonsense"));
        settings.setValue(settings::viewState, QByteArray("nonsense"), u"flagsSplitter"_qs);
        Window window;
        window::ViewState state(window, settings);
        state.restoreWindow();
        state.restoreViews();
        QCOMPARE(window.size(), QSize(800, 400));
    }
};

QTEST_MAIN(TestViewState)
#include "tst_viewstate.moc"
