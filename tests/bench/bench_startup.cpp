// SPDX-License-Identifier: GPL-3.0-or-later
// How soon the built program's window is painted, beside a bare one, and what memory it takes; on
// an X server of its own. EDGEWISE_PROGRAM names the program.
#include "measure.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <set>

#include <xcb/xcb.h>

using namespace edgewise::bench;
using namespace Qt::StringLiterals;

namespace {

/// Xvfb on a free display, for as long as this object lives.
class Display {
public:
    Display()
    {
        // The server chooses the display and writes its number when it is ready.
        m_server.start(u"Xvfb"_qs, {u"-displayfd"_qs, u"1"_qs, u"-screen"_qs, u"0"_qs,
                                    u"1280x800x24"_qs, u"-nolisten"_qs, u"tcp"_qs});
        if (!m_server.waitForReadyRead(20'000))
            qFatal("Xvfb did not start");
        m_name = u':' + QString::fromLatin1(m_server.readLine().trimmed());
        m_connection = xcb_connect(m_name.toLatin1().constData(), nullptr);
        if (xcb_connection_has_error(m_connection))
            qFatal("the display cannot be reached");
        m_root = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data->root;
    }
    ~Display()
    {
        xcb_disconnect(m_connection);
        m_server.terminate();
        m_server.waitForFinished(5000);
    }
    Display(const Display &) = delete;
    Display &operator=(const Display &) = delete;

    const QString &name() const { return m_name; }

    /// A top-level window of some size is there and shows more than one surface: at least four
    /// colours in its uppermost rows.
    bool showsPaintedWindow() const
    {
        bool isPainted = false;
        auto *tree =
            xcb_query_tree_reply(m_connection, xcb_query_tree(m_connection, m_root), nullptr);
        if (!tree)
            return false;
        const xcb_window_t *children = xcb_query_tree_children(tree);
        for (int i = 0; i < xcb_query_tree_children_length(tree) && !isPainted; ++i)
            isPainted = isPaintedWindow(children[i]);
        std::free(tree);
        return isPainted;
    }

private:
    bool isPaintedWindow(xcb_window_t window) const
    {
        auto *attributes = xcb_get_window_attributes_reply(
            m_connection, xcb_get_window_attributes(m_connection, window), nullptr);
        const bool isVisible = attributes && attributes->map_state == XCB_MAP_STATE_VIEWABLE;
        std::free(attributes);
        auto *geometry =
            xcb_get_geometry_reply(m_connection, xcb_get_geometry(m_connection, window), nullptr);
        const bool isLarge = geometry && geometry->width >= 300 && geometry->height >= 200;
        const quint16 width = geometry ? geometry->width : 0;
        std::free(geometry);
        if (!isVisible || !isLarge)
            return false;
        constexpr quint16 rows = 60;
        auto *image = xcb_get_image_reply(
            m_connection,
            xcb_get_image(m_connection, XCB_IMAGE_FORMAT_Z_PIXMAP, window, 0, 0, width, rows, ~0U),
            nullptr);
        if (!image)
            return false;
        const auto *pixels = reinterpret_cast<const quint32 *>(xcb_get_image_data(image));
        std::set<quint32> colours;
        for (int i = 0; i < xcb_get_image_data_length(image) / 4 && colours.size() < 4; ++i)
            colours.insert(pixels[i]);
        std::free(image);
        return colours.size() >= 4;
    }

    QProcess m_server;
    QString m_name;
    xcb_connection_t *m_connection = nullptr;
    xcb_window_t m_root = 0;
};

/// A program on the display, ended with this object.
class Program {
public:
    Program(const QString &path, const QStringList &arguments, const Display &display,
            const QString &home)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DISPLAY"_qs, display.name());
        environment.insert(u"QT_QPA_PLATFORM"_qs, u"xcb"_qs);
        environment.insert(u"XDG_DATA_HOME"_qs, home);
        environment.insert(u"XDG_CONFIG_HOME"_qs, home);
        m_process.setProcessEnvironment(environment);
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(path, arguments);
        if (!m_process.waitForStarted())
            qFatal("%s did not start", qPrintable(path));
    }
    ~Program()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
        m_process.waitForFinished(5000);
    }
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    qint64 id() const { return m_process.processId(); }

private:
    QProcess m_process;
};

/// A SQLite file for the sample workspace, which the program puts there at its first start.
struct Workspace {
    QTemporaryDir folder;
    QString program = qEnvironmentVariable("EDGEWISE_PROGRAM");

    QStringList arguments() const
    {
        return {u"--primary"_qs, folder.filePath(u"flags.db"_qs), u"--sample"_qs, u"--settings"_qs,
                folder.filePath(u"edgewise.ini"_qs)};
    }
};

double untilPainted(const QString &path, const QStringList &arguments, const Display &display,
                    const QString &home)
{
    while (display.showsPaintedWindow())
        QThread::msleep(20);
    const double start = wallSeconds();
    const Program program(path, arguments, display, home);
    while (!display.showsPaintedWindow()) {
        if (wallSeconds() - start > 60)
            qFatal("%s shows no window", qPrintable(path));
        QThread::usleep(1000);
    }
    return 1000 * (wallSeconds() - start);
}

/// Milliseconds from the start of the process to the painted window.
Figures firstPaint()
{
    const Display display;
    const Workspace workspace;
    const QString bare = QCoreApplication::applicationDirPath() + u"/barewindow"_qs;
    const QString home = workspace.folder.path();
    return interleaved(
        [&] { return untilPainted(workspace.program, workspace.arguments(), display, home); },
        [&] { return untilPainted(bare, {}, display, home); });
}

/// Megabytes (proc(5): smaps_rollup, Rss), a while after the window is there.
Figures residentMemory()
{
    const Display display;
    const Workspace workspace;
    std::vector<double> sizes;
    for (int i = 0; i < 5; ++i) {
        const Program program(workspace.program, workspace.arguments(), display,
                              workspace.folder.path());
        while (!display.showsPaintedWindow())
            QThread::msleep(5);
        QThread::msleep(2500);
        QFile file(u"/proc/%1/smaps_rollup"_qs.arg(program.id()));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("the program is gone");
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.startsWith("Rss:"))
                sizes.push_back(line.mid(4).trimmed().chopped(3).toDouble() * 1024 / 1e6);
        }
    }
    return {median(sizes)};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return measureRows(argc, argv, {{"first-paint", firstPaint}, {"resident", residentMemory}});
}
