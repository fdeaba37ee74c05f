// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/yamlreader.h"

#include "features/yamlscalar.h"

#include <QHash>
#include <QSet>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <optional>
#include <streambuf>

using namespace Qt::StringLiterals;

namespace edgewise::features {

namespace {

/// Leaves the parser from within an event; never leaves this file.
struct Refusal {
    qsizetype offset;
    QString what;
};

/// Reads from memory that somebody else keeps.
class MemoryBuffer final : public std::streambuf {
public:
    explicit MemoryBuffer(const QByteArray &text)
    {
        char *begin = const_cast<char *>(text.constData()); // only ever read
        setg(begin, begin, begin + text.size());
    }
};

bool isContinuation(char byte)
{
    return (byte & 0xC0) == 0x80;
}

/// yaml-cpp 0.7 turns the escapes \N and \_ into one byte each, 0x85 and 0xA0, instead of UTF-8.
QByteArray withUtf8Escapes(QByteArray value)
{
    if (value.isValidUtf8())
        return value;
    QByteArray result;
    qsizetype continuations = 0; // still to come in the character that has begun
    for (const char byte : value) {
        const uchar code = uchar(byte);
        if (isContinuation(byte) && continuations == 0)
            result.append('\xC2');
        continuations = isContinuation(byte) ? std::max<qsizetype>(continuations - 1, 0)
                        : code >= 0xF0       ? 3
                        : code >= 0xE0       ? 2
                        : code >= 0xC0       ? 1
                                             : 0;
        result.append(byte);
    }
    return result;
}

class TreeBuilder final : public YAML::EventHandler {
public:
    TreeBuilder(qsizetype textSize, qsizetype nodeLimit)
        : m_weightLimit(static_cast<quint64>(textSize) * 16 + 1'000'000), m_nodesLeft(nodeLimit)
    {
    }

    std::vector<NodePointer> takeDocuments() { return std::move(m_documents); }

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        // The parser leaves a token that begins nothing where it is, a comma say, and would find
        // documents there without end.
        if (mark.pos == m_documentStart)
            throw Refusal{mark.pos, u"this is not expected here"_qs};
        m_documentStart = mark.pos;
        m_anchors.clear();
    }
    void OnDocumentEnd() override
    {
        m_documents.push_back(m_root ? m_root : std::make_shared<const Node>());
        m_root.reset();
    }

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        Node node;
        node.offset = mark.pos;
        finish(std::move(node), anchor);
    }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const auto found = m_anchors.constFind(anchor);
        if (found == m_anchors.constEnd())
            throw Refusal{mark.pos, u"an anchor contains itself"_qs};
        add(*found, mark.pos);
    }

    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        Node node;
        node.offset = mark.pos;
        node.weight = saturatedSum(1, value.size());
        const QString text = textOfUtf8(withUtf8Escapes(QByteArray::fromStdString(value)));
        const bool plain = tag == "?";
        const bool resolves = plain || tag == "tag:yaml.org,2002:int"
                              || tag == "tag:yaml.org,2002:float" || tag == "tag:yaml.org,2002:bool"
                              || tag == "tag:yaml.org,2002:null";
        if (resolves) {
            resolvePlain(node, text);
        } else {
            node.kind = Node::Kind::Text;
            node.text = text;
        }
        m_lastIsMerge = plain && text == u"<<";
        finish(std::move(node), anchor);
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(Node::Kind::Sequence, mark, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(Node::Kind::Mapping, mark, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    struct Frame {
        Node node;
        YAML::anchor_t anchor = 0;
        NodePointer key; ///< of a mapping, when its value is awaited
        bool keyIsMerge = false;
        QSet<QString> keys;
        std::vector<NodePointer> merges;
    };

    void open(Node::Kind kind, const YAML::Mark &mark, YAML::anchor_t anchor)
    {
        if (m_frames.size() >= maximumDepth)
            throw Refusal{mark.pos, u"nested too deeply"_qs};
        Frame frame;
        frame.node.kind = kind;
        frame.node.offset = mark.pos;
        frame.anchor = anchor;
        m_frames.push_back(std::move(frame));
    }

    void close()
    {
        Frame frame = std::move(m_frames.back());
        m_frames.pop_back();
        for (const NodePointer &source : frame.merges)
            merge(frame, source);
        m_lastIsMerge = false;
        finish(std::move(frame.node), frame.anchor);
    }

    void finish(Node node, YAML::anchor_t anchor)
    {
        const qsizetype offset = node.offset;
        if (--m_nodesLeft < 0)
            throw Refusal{offset, u"the document holds too many things"_qs};
        const auto pointer = std::make_shared<const Node>(std::move(node));
        if (anchor != 0)
            m_anchors.insert(anchor, pointer);
        add(pointer, offset);
    }

    /// Puts a node where it belongs: a key, a value, an item or the root.
    void add(const NodePointer &pointer, qsizetype offset)
    {
        const bool isMerge = std::exchange(m_lastIsMerge, false);
        if (m_frames.empty()) {
            m_root = pointer;
            return;
        }
        Frame &frame = m_frames.back();
        frame.node.weight = saturatedSum(frame.node.weight, pointer->weight);
        if (frame.node.weight > m_weightLimit)
            throw Refusal{offset, u"the aliases blow the document up too much"_qs};
        frame.node.depth = std::max(frame.node.depth, pointer->depth + 1);
        if (frame.node.depth > maximumDepth)
            throw Refusal{offset, u"nested too deeply"_qs};
        if (frame.node.kind == Node::Kind::Sequence) {
            frame.node.items.push_back(pointer);
        } else if (!frame.key) {
            const bool container =
                pointer->kind == Node::Kind::Sequence || pointer->kind == Node::Kind::Mapping;
            if (container)
                throw Refusal{offset, u"a key must be a text, not a list or map"_qs};
            if (!isMerge) {
                if (frame.keys.contains(pointer->text))
                    throw Refusal{offset, u"key \"%1\" is there twice"_qs.arg(pointer->text)};
                frame.keys.insert(pointer->text);
            }
            frame.key = pointer;
            frame.keyIsMerge = isMerge;
        } else if (frame.keyIsMerge) {
            collectMerges(frame, pointer, offset);
            frame.key.reset();
        } else {
            frame.node.entries.emplace_back(std::exchange(frame.key, nullptr), pointer);
        }
    }

    static void collectMerges(Frame &frame, const NodePointer &value, qsizetype offset)
    {
        const auto isMap = [](const NodePointer &node) {
            return node->kind == Node::Kind::Mapping;
        };
        if (isMap(value))
            frame.merges.push_back(value);
        else if (value->kind == Node::Kind::Sequence && std::ranges::all_of(value->items, isMap))
            std::ranges::copy(value->items, std::back_inserter(frame.merges));
        else
            throw Refusal{offset, u"\"<<\" takes a map or a list of maps"_qs};
    }

    void merge(Frame &frame, const NodePointer &source)
    {
        m_merged += source->entries.size();
        if (m_merged > m_weightLimit)
            throw Refusal{frame.node.offset, u"the aliases blow the document up too much"_qs};
        for (const Node::Entry &entry : source->entries) {
            if (frame.keys.contains(entry.first->text))
                continue;
            frame.keys.insert(entry.first->text);
            frame.node.entries.push_back(entry);
        }
    }

    std::vector<Frame> m_frames;
    std::vector<NodePointer> m_documents;
    NodePointer m_root;
    QHash<YAML::anchor_t, NodePointer> m_anchors;
    const quint64 m_weightLimit;
    qsizetype m_nodesLeft;
    quint64 m_merged = 0;
    qsizetype m_documentStart = -1;
    bool m_lastIsMerge = false;
};

/// Where the text stops being UTF-8, or nothing.
std::optional<qsizetype> firstInvalid(QByteArrayView text)
{
    if (text.isValidUtf8())
        return std::nullopt;
    // Cold: halve until the shortest prefix that is invalid is found.
    qsizetype valid = 0;
    qsizetype invalid = text.size();
    while (invalid - valid > 1) {
        qsizetype middle = valid + (invalid - valid) / 2;
        while (middle > valid && isContinuation(text[middle]))
            --middle;
        if (middle == valid)
            break;
        if (text.first(middle).isValidUtf8())
            valid = middle;
        else
            invalid = middle;
    }
    return valid;
}

/// The first character that Flipt's reader refuses (gopkg.in/yaml.v3: readerc.go), or nothing.
std::optional<qsizetype> firstControl(QByteArrayView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const uchar byte = uchar(text[i]);
        const uchar next = i + 1 < text.size() ? uchar(text[i + 1]) : uchar(0);
        const bool control = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
        const bool latinControl = byte == 0xC2 && next < 0xA0 && next != 0x85;
        const bool noCharacter =
            byte == 0xEF && next == 0xBF && i + 2 < text.size() && uchar(text[i + 2]) >= 0xBE;
        if (control || byte == 0x7F || latinControl || noCharacter)
            return i;
    }
    return std::nullopt;
}

/// Line and paragraph separators break lines for Flipt's library and not for this one: the blanks
/// after them are indentation, which Flipt's own export writes there.
QByteArray withoutSeparatorIndentation(QByteArrayView text)
{
    QByteArray result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        result.append(text[i]);
        const bool separator = i >= 2 && (text[i] == '\xA8' || text[i] == '\xA9')
                               && text[i - 1] == '\x80' && text[i - 2] == '\xE2';
        while (separator && i + 1 < text.size() && text[i + 1] == ' ')
            ++i;
    }
    return result;
}

} // namespace

Result<std::vector<NodePointer>> readYaml(QByteArrayView text, qsizetype nodeLimit)
{
    if (text.startsWith("\xEF\xBB\xBF"))
        text = text.sliced(3);
    const Positions positions(text);
    if (const auto offset = firstInvalid(text))
        return positions.error(*offset, u"the text is not UTF-8"_qs);
    if (const auto offset = firstControl(text))
        return positions.error(*offset, u"control characters are not allowed"_qs);

    const bool hasSeparators =
        text.indexOf("\xE2\x80\xA8") >= 0 || text.indexOf("\xE2\x80\xA9") >= 0;
    const QByteArray cleaned = hasSeparators ? withoutSeparatorIndentation(text)
                                             : QByteArray::fromRawData(text.data(), text.size());
    const Positions cleanedPositions(cleaned);
    MemoryBuffer buffer(cleaned);
    std::istream stream(&buffer);
    TreeBuilder builder(text.size(), nodeLimit);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const Refusal &refusal) {
        return cleanedPositions.error(refusal.offset, refusal.what);
    } catch (const YAML::Exception &exception) {
        return cleanedPositions.error(exception.mark.pos, QString::fromStdString(exception.msg));
    }
    return builder.takeDocuments();
}

} // namespace edgewise::features
