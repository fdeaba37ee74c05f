// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QPointer>

#include <functional>
#include <optional>

class QLineEdit;
class QListView;
class QLabel;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::window {

class PaletteModel;

/// Something that can be found and done.
struct PaletteEntry {
    QString title;  ///< "Switch off quiet-hours"
    QString detail; ///< "flag in default, on"
    QString iconName;
    QString keys;  ///< the shortcut that does the same; may be empty
    int score = 0; ///< of matchScore(): the least stands first
    std::function<void()> run = {};
};

/// How well typed words fit texts: every word must stand in one of them, upper and lower case
/// alike. 0 is best, at the beginning of a text; nothing where a word is in none. No word fits
/// everything.
std::optional<int> matchScore(const QStringList &words, std::initializer_list<QStringView> texts);

/// Finds and does by typing: over the window's head until something is chosen or left. Does not
/// know what there is; asks its source with each key.
class Palette : public QFrame {
    Q_OBJECT

public:
    /// Gives what fits the words, in any order. Called while typing, so it must be quick.
    using Source = std::function<QList<PaletteEntry>(const QStringList &words)>;

    /// A child of the window that it lies over.
    Palette(const theme::Appearance &appearance, QWidget *window);

    void setSource(Source source) { m_source = std::move(source); }
    /// Empty, with the focus.
    void open();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void search();
    void runCurrent();
    void leave();
    void place();

    const theme::Appearance &m_appearance;
    Source m_source;
    PaletteModel *m_model;
    QLineEdit *m_query;
    QListView *m_list;
    QLabel *m_nothing;
    QPointer<QWidget> m_focusBefore;
};

} // namespace edgewise::window
