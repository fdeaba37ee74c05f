// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <features/node.h>
#include <features/parse.h>

#include <QStringList>

#include <initializer_list>

namespace edgewise::features {

/// Reads typed fields out of maps, as Go's decoders of Flipt's document types do, and keeps the
/// warnings and the first error of a stream. Methods that return bool or a pointer give false or
/// null after fail(); the callers stop there.
class FieldReader {
public:
    FieldReader(Positions positions, Format format)
        : m_positions(std::move(positions)), m_format(format)
    {
    }

    Format format() const { return m_format; }
    const std::optional<Error> &error() const { return m_error; }
    std::vector<Warning> takeWarnings() { return std::move(m_warnings); }

    // A field that is missing or null leaves its target alone.
    bool text(const Node &map, QStringView key, QString &target);
    bool boolean(const Node &map, QStringView key, bool &target);
    /// A float32 widened to double, finite.
    bool percentage(const Node &map, QStringView key, double &target);
    /// A natural number within 32 bits.
    bool rank(const Node &map, QStringView key, qint64 &target);
    bool texts(const Node &map, QStringView key, QStringList &target);
    /// The number of an enum's name; an unknown name is 0 with a warning.
    bool enumeration(const Node &map, QStringView key,
                     std::initializer_list<std::pair<QLatin1StringView, int>> names, int &target);
    /// The list under a key; null also when there is none, see error().
    NodePointer list(const Node &map, QStringView key);
    /// `node` if it is a map; `what` names it in the error.
    NodePointer map(const NodePointer &node, QStringView what);
    /// The content of a scalar that stands for a text.
    bool scalarText(const Node &node, QStringView key, QString &target);

    /// Null for a missing or null value.
    static NodePointer given(const Node &map, QStringView key);

    void warnUnknownKeys(const Node &map, std::initializer_list<QLatin1StringView> known);
    void warn(const Node &node, const QString &text);
    bool fail(qsizetype offset, const QString &what);
    bool fail(const Node &node, const QString &what) { return fail(node.offset, what); }

private:
    bool wrongType(const Node &node, QStringView key, const QString &wanted);

    const Positions m_positions;
    const Format m_format;
    std::vector<Warning> m_warnings;
    std::optional<Error> m_error;
};

} // namespace edgewise::features
