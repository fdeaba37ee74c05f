// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <features/node.h>

/// Numbers and JSON as Go's standard library prints them, byte for byte.
namespace edgewise::features {

/// strconv.FormatFloat(…, 'g', -1): shortest digits, exponent form below 1e-4 and from 1e6 on; of a
/// float the shortest digits of the float.
QByteArray shortestNumber(const std::variant<qint64, quint64, double, float> &number);

/// encoding/json: shortest digits, exponent form below 1e-6 and from 1e21 on.
QByteArray jsonNumber(const std::variant<qint64, quint64, double, float> &number);

/// A JSON string with its quotes; < > & U+2028 and U+2029 escaped as Go does.
QByteArray jsonString(QStringView text);

enum class IntegerRule {
    Exact,  ///< 64 bits, as an attachment read from YAML keeps them
    Double, ///< through double, as metadata and all JSON do
};

/// Compact JSON with keys in byte order; of equal keys the last. Input, naming the reason, for
/// what JSON cannot hold: keys that are no text, infinities, and with `timesAllowed` false dates.
struct JsonRefusal {
    qsizetype offset = 0;
    QString what;
};
std::variant<QByteArray, JsonRefusal> jsonText(const Node &node, IntegerRule integers,
                                               bool timesAllowed);

/// The same with keys in the order of the node, for trees that hold nothing to be refused.
QByteArray jsonInOrder(const Node &node);

} // namespace edgewise::features
