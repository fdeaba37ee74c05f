// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::flagspage {

/// The variants of a flag, for reading: colour, key, name, which is the default, attachment.
class VariantList : public QWidget {
    Q_OBJECT

public:
    VariantList(const theme::Appearance &appearance, const flags::Flag &flag,
                QWidget *parent = nullptr);
};

} // namespace edgewise::flagspage
