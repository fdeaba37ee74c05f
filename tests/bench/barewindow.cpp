// SPDX-License-Identifier: GPL-3.0-or-later
// The least window that a Qt program can open: what the start of Edgewise is measured against.
#include <QApplication>
#include <QMainWindow>
#include <QMenuBar>
#include <QStatusBar>
#include <QTableWidget>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.menuBar()->addMenu(QStringLiteral("File"))->addAction(QStringLiteral("Quit"));
    auto *table = new QTableWidget(20, 5);
    for (int row = 0; row < 20; ++row) {
        for (int column = 0; column < 5; ++column)
            table->setItem(row, column,
                           new QTableWidgetItem(QStringLiteral("%1, %2").arg(row).arg(column)));
    }
    window.setCentralWidget(table);
    window.statusBar()->showMessage(QStringLiteral("Ready"));
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
