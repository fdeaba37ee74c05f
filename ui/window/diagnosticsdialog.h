// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace edgewise::window {

/// A report about the program as text, to be read and copied into a bug report.
class DiagnosticsDialog : public QDialog {
    Q_OBJECT

public:
    DiagnosticsDialog(const QString &text, QWidget *parent);
};

} // namespace edgewise::window
