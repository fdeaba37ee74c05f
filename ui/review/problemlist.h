// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/validate.h>

#include <QLabel>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::reviewpage {

/// The problems that a draft brings in, each with its place; the first few of many. Hidden when
/// there is none.
class ProblemList : public QLabel {
    Q_OBJECT

public:
    explicit ProblemList(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void setProblems(const std::vector<flags::Problem> &problems);

private:
    const theme::Appearance &m_appearance;
};

} // namespace edgewise::reviewpage
