// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/validate.h>

#include <QLabel>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// Sentences about what stands beside it, errors before warnings. Takes no room while there are
/// none.
class ProblemLines : public QLabel {
    Q_OBJECT

public:
    explicit ProblemLines(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void setProblems(const std::vector<flags::Problem> &problems);

private:
    void takeTheme();

    const theme::Appearance &m_appearance;
    bool m_hasErrors = false;
};

} // namespace edgewise::widgets
