// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArrayView>
#include <QString>

#include <memory>
#include <utility>
#include <variant>
#include <vector>

/// The tree between the text of a document, YAML or JSON, and its meaning.
namespace edgewise::features {

struct Node;
/// Aliases share their target, so a small text cannot grow into a large tree.
using NodePointer = std::shared_ptr<const Node>;

struct Node {
    enum class Kind { Null, Boolean, Integer, Real, Time, Text, Sequence, Mapping };
    using Entry = std::pair<NodePointer, NodePointer>;

    Kind kind = Kind::Null;
    /// Of a scalar: the characters as written, without quotes and escapes; of a Time: RFC 3339.
    QString text;
    bool boolean = false;
    /// Integer: one of the two, the unsigned one only beyond the signed range. Real: double, or
    /// float where the shortest digits of a float are to be printed.
    std::variant<qint64, quint64, double, float> number = qint64(0);
    std::vector<NodePointer> items; ///< of a Sequence; never null
    std::vector<Entry> entries;     ///< of a Mapping in the order written; never null
    qsizetype offset = 0;           ///< byte in the text where it begins
    int depth = 1;                  ///< of the tree below, aliases followed
    quint64 weight = 1;             ///< what the tree would take without sharing, saturated

    double toDouble() const;
    /// The value of the last entry with that text as key, or null.
    NodePointer value(QStringView key) const;
};

/// Deeper trees are refused: every walk over a Node is recursive.
inline constexpr int maximumDepth = 400;
/// Larger texts are refused. Flipt's export of 10,000 flags with 100,000 dependent rows is a tenth
/// of it.
inline constexpr qsizetype maximumTextSize = 128 * 1024 * 1024;

/// Trees of more nodes are refused: some 150 bytes each, so that a text of brackets cannot take
/// many times its own size.
inline constexpr qsizetype maximumNodes = 8'000'000;

/// Builders of nodes that stand for themselves, for printing.
NodePointer textNode(QString text);
NodePointer booleanNode(bool value);
NodePointer realNode(double value);
/// `value` holds a float32 widened to double, as Flipt stores percentages.
NodePointer singleNode(double value);

/// Lines and columns of byte offsets, for messages. Builds its index at the first question.
class Positions {
public:
    explicit Positions(QByteArrayView text) : m_text(text) {}
    /// From 1; the column counts characters.
    std::pair<int, int> at(qsizetype offset) const;
    /// Input: "line 3, column 7: what".
    Error error(qsizetype offset, const QString &what) const;

private:
    QByteArrayView m_text;
    mutable std::vector<qsizetype> m_lineStarts;
};

/// As QString::fromUtf8, which would take a first U+FEFF for a mark of the encoding and drop it.
QString textOfUtf8(QByteArrayView bytes);

/// Each lone surrogate becomes U+FFFD, as in Go, where QString::toUtf8 writes a question mark.
QString withoutLoneSurrogates(QString text);

/// Adds up without overflow.
quint64 saturatedSum(quint64 a, quint64 b);

/// Order of UTF-8 bytes, which is that of code points and not QString's.
bool lessByBytes(QStringView a, QStringView b);

} // namespace edgewise::features
