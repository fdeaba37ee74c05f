// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/messagebar.h>
#include <window/environmentline.h>
#include <window/headerbar.h>
#include <window/mainwindow.h>
#include <window/navigation.h>
#include <window/nodestrip.h>
#include <window/palette.h>
#include <window/shortcutsdialog.h>

#include <QActionGroup>
#include <QCloseEvent>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>

namespace edgewise::window {

using namespace Qt::StringLiterals;

namespace {

QStringList droppedFiles(const QMimeData &data)
{
    QStringList files;
    const QList<QUrl> urls = data.urls();
    for (const QUrl &url : urls) {
        const QString path = url.toLocalFile();
        for (const QLatin1StringView suffix : {".yml"_L1, ".yaml"_L1, ".json"_L1})
            if (path.endsWith(suffix, Qt::CaseInsensitive))
                files.append(path);
    }
    return files;
}

} // namespace

MainWindow::MainWindow(theme::Appearance &appearance, QWidget *parent)
    : QMainWindow(parent), m_appearance(appearance), m_menuBar(new QMenuBar),
      m_pageActions(new QActionGroup(this)), m_environment(new EnvironmentLine(appearance, this)),
      m_navigation(new Navigation(appearance, this)),
      m_messages(new widgets::MessageBar(appearance, this)), m_stack(new QStackedWidget(this)),
      m_nodes(new NodeStrip(appearance, this)), m_palette(new Palette(appearance, this))
{
    setObjectName(u"mainWindow"_qs);
    setWindowTitle(u"Edgewise"_qs);
    setWindowIcon(QIcon(u":/edgewise/icons/edgewise.svg"_qs));
    createActions();
    m_header = new HeaderBar(appearance, {m_find, m_undo, m_redo, m_review, m_unlock}, this);
    createMenus();
    m_stack->setObjectName(u"pages"_qs);

    // The line goes over the menus, so that it is the window's upper edge. QMainWindow::menuBar()
    // would put a bar of its own in this place: use m_menuBar.
    auto *top = new QWidget(this);
    auto *topColumn = new QVBoxLayout(top);
    topColumn->setContentsMargins({});
    topColumn->setSpacing(0);
    topColumn->addWidget(m_environment);
    topColumn->addWidget(m_menuBar);
    setMenuWidget(top);

    auto *body = new QWidget(this);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_header);
    m_messageFrame = new QWidget(body);
    auto *messageColumn = new QVBoxLayout(m_messageFrame);
    messageColumn->setContentsMargins(theme::metrics::around, theme::metrics::between,
                                      theme::metrics::around, 0);
    messageColumn->addWidget(m_messages);
    m_messageFrame->hide();
    right->addWidget(m_messageFrame);
    right->addWidget(m_stack, 1);
    auto *row = new QHBoxLayout(body);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(m_navigation);
    auto *edge = new QFrame(body);
    edge->setFrameShape(QFrame::VLine);
    edge->setFrameShadow(QFrame::Plain);
    edge->setForegroundRole(QPalette::Mid);
    row->addWidget(edge);
    row->addLayout(right, 1);
    setCentralWidget(body);

    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_nodes, 1);
    connect(m_messages, &widgets::MessageBar::cleared, m_messageFrame, &QWidget::hide);
    connect(m_navigation, &Navigation::chosen, this, &MainWindow::showPage);
    showFrame(false);
    setAcceptDrops(true);
    setMinimumSize(640, 400);
    resize(QSize(1280, 800).boundedTo(screen()->availableGeometry().size()));
}

QAction *MainWindow::makeAction(const QString &name, const QString &text, const QString &icon,
                                const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    if (!icon.isEmpty())
        action->setIcon(m_appearance.icon(icon));
    action->setObjectName(name);
    action->setShortcut(shortcut);
    return action;
}

void MainWindow::createActions()
{
    m_undo = makeAction(u"undo"_qs, tr("Undo"), u"undo"_qs, QKeySequence::Undo);
    m_redo = makeAction(u"redo"_qs, tr("Redo"), u"redo"_qs, QKeySequence::Redo);
    m_undo->setEnabled(false);
    m_redo->setEnabled(false);
    m_find = makeAction(u"find"_qs, tr("Search or run"), u"search"_qs,
                        QKeySequence(Qt::CTRL | Qt::Key_K));
    connect(m_find, &QAction::triggered, m_palette, &Palette::open);
    m_review = makeAction(u"review"_qs, tr("Review changes"), u"review"_qs,
                          QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_unlock = makeAction(u"unlock"_qs, tr("Unlock writing"), u"lock"_qs, {});
    m_unlock->setCheckable(true);
    m_back = makeAction(u"back"_qs, tr("Back"), u"back"_qs, QKeySequence(Qt::ALT | Qt::Key_Left));
    m_forward = makeAction(u"forward"_qs, tr("Forward"), u"forward"_qs,
                           QKeySequence(Qt::ALT | Qt::Key_Right));
    m_back->setEnabled(false);
    m_forward->setEnabled(false);
    connect(m_review, &QAction::triggered, this, [this] { showPage(u"review"_qs); });
    connect(m_back, &QAction::triggered, this, [this] { display(m_history.back()); });
    connect(m_forward, &QAction::triggered, this, [this] { display(m_history.forward()); });
    connect(m_pageActions, &QActionGroup::triggered, this,
            [this](QAction *action) { showPage(action->data().toString()); });
}

void MainWindow::createMenus()
{
    const std::pair<Menu, QString> titles[] = {
        {Menu::File, tr("&File")},         {Menu::Edit, tr("&Edit")},
        {Menu::View, tr("&View")},         {Menu::Changes, tr("&Changes")},
        {Menu::Evaluate, tr("E&valuate")}, {Menu::Replication, tr("&Replication")},
        {Menu::Tools, tr("&Tools")},       {Menu::Window, tr("&Window")},
        {Menu::Help, tr("&Help")}};
    for (const auto &[menu, title] : titles) {
        m_menus[menu] = m_menuBar->addMenu(title);
        m_menus[menu]->menuAction()->setVisible(false);
    }
    addActions(Menu::Edit, {m_undo, m_redo, m_find});
    addActions(Menu::View, {m_back, m_forward});
    m_menus[Menu::View]->addSeparator();
    createThemeMenu();
    m_menus[Menu::View]->addSeparator();
    addActions(Menu::Changes, {m_review});
    addActions(Menu::Tools, {m_unlock});

    QAction *full = makeAction(u"fullScreen"_qs, tr("Full screen"), {}, QKeySequence::FullScreen);
    full->setCheckable(true);
    connect(full, &QAction::toggled, this,
            [this](bool on) { on ? showFullScreen() : showNormal(); });
    QAction *minimise = makeAction(u"minimise"_qs, tr("Minimise"), {}, {});
    connect(minimise, &QAction::triggered, this, &QWidget::showMinimized);
    addActions(Menu::Window, {minimise, full});
    createHelpMenu();

    QAction *quit = makeAction(u"quit"_qs, tr("Quit"), {}, QKeySequence::Quit);
    quit->setMenuRole(QAction::QuitRole);
    connect(quit, &QAction::triggered, this, &QWidget::close);
    addActions(Menu::File, {quit});
}

void MainWindow::createHelpMenu()
{
    QAction *shortcuts = makeAction(u"shortcuts"_qs, tr("Keyboard shortcuts"), {},
                                    QKeySequence(Qt::CTRL | Qt::Key_Slash));
    connect(shortcuts, &QAction::triggered, this, [this] {
        auto *dialog = new ShortcutsDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    QAction *about = makeAction(u"about"_qs, tr("About Edgewise"), {}, {});
    about->setMenuRole(QAction::AboutRole);
    connect(about, &QAction::triggered, this, [this] {
        auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Edgewise"),
                                    tr("Edgewise %1").arg(QCoreApplication::applicationVersion()),
                                    QMessageBox::Close, this);
        box->setInformativeText(tr("The console for Flipt at the edge. Free software under the "
                                   "GNU General Public License, version 3 or later."));
        box->setIconPixmap(windowIcon().pixmap(64));
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    addActions(Menu::Help, {shortcuts, about});
}

void MainWindow::createThemeMenu()
{
    QMenu *menu = m_menus[Menu::View]->addMenu(tr("Theme"));
    menu->setObjectName(u"themeMenu"_qs);
    auto *group = new QActionGroup(this);
    const std::tuple<theme::Scheme, QString, QString> schemes[] = {
        {theme::Scheme::System, tr("As the system"), u"themeSystem"_qs},
        {theme::Scheme::Light, tr("Light"), u"themeLight"_qs},
        {theme::Scheme::Dark, tr("Dark"), u"themeDark"_qs}};
    for (const auto &[scheme, text, name] : schemes) {
        QAction *action = menu->addAction(text);
        action->setObjectName(name);
        action->setCheckable(true);
        action->setChecked(m_appearance.scheme() == scheme);
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, scheme = scheme] { m_appearance.choose(scheme); });
        connect(&m_appearance, &theme::Appearance::changed, action,
                [this, action, scheme = scheme] {
                    action->setChecked(m_appearance.scheme() == scheme);
                });
    }
}

void MainWindow::addActions(Menu menu, const QList<QAction *> &actions)
{
    QMenu *target = m_menus[menu];
    // Leaving stands last, whatever comes later.
    QAction *last =
        menu == Menu::File && !target->isEmpty() ? target->actions().constLast() : nullptr;
    target->insertActions(last, actions);
    target->menuAction()->setVisible(!target->isEmpty());
}

void MainWindow::showFrame(bool shown)
{
    m_navigation->setVisible(shown);
    m_header->setVisible(shown);
}

void MainWindow::addPage(const Page &page)
{
    showFrame(true);
    m_pages.append(page);
    m_stack->addWidget(page.widget);
    m_navigation->addEntry(page);
    auto *action = new QAction(m_appearance.icon(page.iconName), page.title, this);
    action->setObjectName(u"page_"_qs + page.id);
    action->setData(page.id);
    action->setCheckable(true);
    if (m_pages.size() <= 9)
        action->setShortcut(
            QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + m_pages.size())));
    m_pageActions->addAction(action);
    addActions(Menu::View, {action});
    if (m_pages.size() == 1)
        showPage(page.id);
}

void MainWindow::showPage(const QString &id)
{
    if (std::none_of(m_pages.cbegin(), m_pages.cend(),
                     [&](const Page &page) { return page.id == id; }))
        return;
    m_history.visit(id);
    display(id);
}

QString MainWindow::currentPage() const
{
    const auto page = std::find_if(m_pages.cbegin(), m_pages.cend(), [this](const Page &each) {
        return each.widget == m_stack->currentWidget();
    });
    return page == m_pages.cend() ? QString() : page->id;
}

void MainWindow::display(const QString &id)
{
    for (qsizetype i = 0; i < m_pages.size(); ++i)
        if (m_pages[i].id == id) {
            m_stack->setCurrentWidget(m_pages[i].widget);
            m_pageActions->actions().at(i)->setChecked(true);
        }
    {
        const QSignalBlocker blocker(m_navigation);
        m_navigation->select(id);
    }
    showHistory();
    emit pageShown(id);
}

void MainWindow::showHistory()
{
    m_back->setEnabled(m_history.canGoBack());
    m_forward->setEnabled(m_history.canGoForward());
}

void MainWindow::clearPages()
{
    const QSignalBlocker blocker(m_navigation);
    m_navigation->clear();
    for (const Page &page : std::as_const(m_pages))
        delete page.widget;
    m_pages.clear();
    const QList<QAction *> actions = m_pageActions->actions();
    qDeleteAll(actions);
    m_history = {};
    showHistory();
    showFrame(false);
}

void MainWindow::showAlone(QWidget *widget)
{
    m_stack->addWidget(widget);
    m_stack->setCurrentWidget(widget);
}

void MainWindow::showMessage(const widgets::Message &message, const QList<QAction *> &remedies)
{
    m_messages->showMessage(message, remedies);
    m_messageFrame->show();
}

void MainWindow::clearMessage()
{
    m_messages->clear();
}

QList<MainWindow::MenuAction> MainWindow::findableActions() const
{
    QList<MenuAction> found;
    for (const QMenu *menu : m_menus) {
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            const QList<QAction *> within =
                action->menu() ? action->menu()->actions() : QList<QAction *>();
            for (QAction *inner : within)
                found.append(MenuAction{action->text(), inner});
            if (!action->menu() && action != m_find)
                found.append(MenuAction{{}, action});
        }
    }
    return found;
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QStringList files = droppedFiles(*event->mimeData());
    event->acceptProposedAction();
    for (const QString &file : files)
        emit fileDropped(file);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    emit closing();
    event->accept();
}

} // namespace edgewise::window
