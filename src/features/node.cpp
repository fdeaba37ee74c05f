// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/node.h"

#include <QStringDecoder>

#include <algorithm>
#include <limits>

namespace edgewise::features {

double Node::toDouble() const
{
    return std::visit([](auto value) { return static_cast<double>(value); }, number);
}

NodePointer Node::value(QStringView key) const
{
    const auto found = std::find_if(entries.rbegin(), entries.rend(),
                                    [key](const Entry &entry) { return entry.first->text == key; });
    return found == entries.rend() ? nullptr : found->second;
}

NodePointer textNode(QString text)
{
    Node node;
    node.kind = Node::Kind::Text;
    node.text = std::move(text);
    return std::make_shared<const Node>(std::move(node));
}

NodePointer booleanNode(bool value)
{
    Node node;
    node.kind = Node::Kind::Boolean;
    node.boolean = value;
    return std::make_shared<const Node>(std::move(node));
}

NodePointer realNode(double value)
{
    Node node;
    node.kind = Node::Kind::Real;
    node.number = value;
    return std::make_shared<const Node>(std::move(node));
}

NodePointer singleNode(double value)
{
    Node node;
    node.kind = Node::Kind::Real;
    node.number = static_cast<float>(value);
    return std::make_shared<const Node>(std::move(node));
}

std::pair<int, int> Positions::at(qsizetype offset) const
{
    if (m_lineStarts.empty()) {
        m_lineStarts.push_back(0);
        for (qsizetype i = 0; i < m_text.size(); ++i) {
            const bool lonelyReturn =
                m_text[i] == '\r' && (i + 1 == m_text.size() || m_text[i + 1] != '\n');
            if (m_text[i] == '\n' || lonelyReturn)
                m_lineStarts.push_back(i + 1);
        }
    }
    offset = std::clamp<qsizetype>(offset, 0, m_text.size());
    const auto next = std::upper_bound(m_lineStarts.begin(), m_lineStarts.end(), offset);
    const qsizetype start = *std::prev(next);
    const auto isCharacterStart = [](char byte) { return (byte & 0xC0) != 0x80; };
    const auto characters =
        std::count_if(m_text.begin() + start, m_text.begin() + offset, isCharacterStart);
    return {static_cast<int>(next - m_lineStarts.begin()), static_cast<int>(characters) + 1};
}

Error Positions::error(qsizetype offset, const QString &what) const
{
    const auto [line, column] = at(offset);
    return {.kind = Error::Kind::Input,
            .step = QStringLiteral("reading the document"),
            .detail = QStringLiteral("line %1, column %2: %3").arg(line).arg(column).arg(what)};
}

QString textOfUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(bytes);
}

QString withoutLoneSurrogates(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

quint64 saturatedSum(quint64 a, quint64 b)
{
    return a > std::numeric_limits<quint64>::max() - b ? std::numeric_limits<quint64>::max()
                                                       : a + b;
}

bool lessByBytes(QStringView a, QStringView b)
{
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (x == a.end() || y == b.end())
        return x == a.end() && y != b.end();
    // Surrogates stand below the last code units of the BMP in UTF-16, above them in UTF-8.
    if (x->isSurrogate() != y->isSurrogate())
        return y->isSurrogate();
    return *x < *y;
}

} // namespace edgewise::features
