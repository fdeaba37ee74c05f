// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QHBoxLayout;
class QVBoxLayout;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// A line that opens a section: title, a hairline, then whatever acts on the section.
class SectionHeader : public QWidget {
    Q_OBJECT

public:
    SectionHeader(const theme::Appearance &appearance, const QString &title,
                  QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// At the right end; the header takes it over.
    void addWidget(QWidget *widget);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    QLabel *m_title;
    QHBoxLayout *m_row;
};

/// What belongs together, on `surface` with a hairline around it.
class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(const theme::Appearance &appearance, QWidget *parent = nullptr);
    Card(const theme::Appearance &appearance, const QString &title, QWidget *parent = nullptr);

    /// Where the content goes.
    QVBoxLayout *content() const { return m_content; }
    /// Null without a title.
    SectionHeader *header() const { return m_header; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    QVBoxLayout *m_content;
    SectionHeader *m_header = nullptr;
};

} // namespace edgewise::widgets
