// SPDX-License-Identifier: GPL-3.0-or-later
// labprogram DIRECTORY SQLD: runs a lab, writes its topology to standard output once it is ready.
#include <lab/lab.h>

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() != 3)
        return 2;
    edgewise::lab::LabOptions options;
    options.directory = arguments[1];
    options.sqld = arguments[2];
    edgewise::lab::Lab lab(options);
    QObject::connect(&lab, &edgewise::lab::Lab::ready, &application, [&lab] {
        std::puts(lab.topologyJson().constData());
        std::fflush(stdout);
    });
    QObject::connect(&lab, &edgewise::lab::Lab::failed, &application,
                     [](const edgewise::Error &error) {
                         std::fprintf(stderr, "%s\n", qPrintable(error.detail));
                         QCoreApplication::exit(1);
                     });
    lab.start();
    return application.exec();
}
