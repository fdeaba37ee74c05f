// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::flagspage {

/// One rule of a variant flag, for reading: for whom, and which buckets get what.
class RuleCard : public QWidget {
    Q_OBJECT

public:
    /// `number` counts from 1, as people do.
    RuleCard(const theme::Appearance &appearance, const flags::Rule &rule, const flags::Flag &flag,
             int number, QWidget *parent = nullptr);
};

/// One rollout of a boolean flag, for reading.
class RolloutCard : public QWidget {
    Q_OBJECT

public:
    RolloutCard(const theme::Appearance &appearance, const flags::Rollout &rollout, int number,
                QWidget *parent = nullptr);
};

} // namespace edgewise::flagspage
