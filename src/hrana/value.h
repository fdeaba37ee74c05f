// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <variant>

namespace edgewise::hrana {

struct Null {
    friend bool operator==(Null, Null) = default;
};

/// One cell or argument, with exactly the five types of SQLite. A double that is not a number
/// stands for an infinity: the protocol's JSON cannot carry one, and loses its sign.
using Value = std::variant<Null, qint64, double, QString, QByteArray>;

} // namespace edgewise::hrana
