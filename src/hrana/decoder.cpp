// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/decoder.h"

#include "hrana/json.h"
#include "hrana/jsonform.h"

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

namespace {

template <typename Entry>
error_code readStepNumber(json::object &object, Entry &entry)
{
    std::int64_t step = 0;
    const auto error = object.find_field_unordered("step").get_int64().get(step);
    if (!error && (step < 0 || step > std::numeric_limits<int>::max()))
        return simdjson::NUMBER_OUT_OF_RANGE;
    entry.step = int(step);
    return error;
}

error_code readCursorEntry(json::document &document, CursorEntry &out)
{
    json::object object;
    if (const auto error = document.get_object().get(object))
        return error;
    std::string_view type;
    if (const auto error = object.find_field_unordered("type").get_string().get(type))
        return error;
    if (type == "row") {
        json::value row;
        if (const auto error = object.find_field_unordered("row").get(row))
            return error;
        return readRow(row, out.emplace<CursorRow>().cells);
    }
    if (type == "step_begin") {
        auto &entry = out.emplace<StepBegin>();
        if (const auto error = readStepNumber(object, entry))
            return error;
        json::value columns;
        if (const auto error = object.find_field_unordered("cols").get(columns))
            return error;
        return readColumns(columns, entry.columns);
    }
    if (type == "step_end") {
        auto &entry = out.emplace<StepEnd>();
        if (const auto error = readField(object, "affected_row_count", [&](json::value count) {
                return readInteger(count, entry.affectedRows);
            }))
            return error;
        return readField(object, "last_insert_rowid", [&](json::value id) {
            return readOptionalInteger(id, entry.lastInsertRowId);
        });
    }
    if (type == "step_error") {
        auto &entry = out.emplace<StepFailed>();
        if (const auto error = readStepNumber(object, entry))
            return error;
        return readField(object, "error",
                         [&](json::value sqlError) { return readSqlError(sqlError, entry.error); });
    }
    if (type == "error") {
        auto &entry = out.emplace<CursorFailed>();
        return readField(object, "error",
                         [&](json::value sqlError) { return readSqlError(sqlError, entry.error); });
    }
    if (type == "replication_index") {
        auto &entry = out.emplace<CursorIndex>();
        return readField(object, "replication_index", [&](json::value index) {
            return readOptionalInteger(index, entry.replicationIndex);
        });
    }
    return INCORRECT_TYPE;
}

} // namespace

class Decoder::Parser {
public:
    /// Runs `read` on the document that `text` holds; what it does not look at is not judged.
    template <typename Read>
    Result<void> parse(QByteArray &text, Read read)
    {
        if (!hasJsonForm(text))
            return refuse(u"it is no JSON"_qs);
        const qsizetype needed = text.size() + qsizetype(simdjson::SIMDJSON_PADDING);
        if (text.capacity() < needed || !text.isDetached())
            text.reserve(needed);
        json::document document;
        auto error = m_parser
                         .iterate(std::string_view(text.constData(), size_t(text.size())),
                                  size_t(text.capacity()))
                         .get(document);
        if (!error)
            error = read(document);
        if (!error)
            return {};
        return refuse(QString::fromUtf8(simdjson::error_message(error)));
    }

private:
    static Error refuse(const QString &why)
    {
        return Error{.kind = Error::Kind::Protocol,
                     .step = u"reading the server's answer"_qs,
                     .detail = u"The answer is not what Hrana 3 allows: "_qs + why};
    }

    json::parser m_parser;
};

Decoder::Decoder() : m_parser(std::make_unique<Parser>()) {}
Decoder::~Decoder() = default;

Result<PipelineAnswer> Decoder::pipeline(QByteArray &body, const std::vector<Request> &asked)
{
    PipelineAnswer answer;
    const auto done = m_parser->parse(
        body, [&](json::document &document) { return readPipeline(document, asked, answer); });
    if (!done)
        return done.error();
    return answer;
}

Result<QByteArray> Decoder::cursorBaton(QByteArray &line)
{
    QString baton;
    const auto done = m_parser->parse(line, [&](json::document &document) {
        json::object object;
        if (const auto error = document.get_object().get(object))
            return error;
        json::value value;
        if (const auto error = object.find_field_unordered("baton").get(value))
            return error;
        return readOptionalText(value, baton);
    });
    if (!done)
        return done.error();
    return baton.toUtf8();
}

Result<CursorEntry> Decoder::cursorEntry(QByteArray &line)
{
    CursorEntry entry;
    const auto done = m_parser->parse(
        line, [&](json::document &document) { return readCursorEntry(document, entry); });
    if (!done)
        return done.error();
    return entry;
}

SqlError Decoder::refusal(QByteArray &body)
{
    SqlError refusal;
    const auto done = m_parser->parse(body, [&](json::document &document) {
        json::object object;
        if (const auto error = document.get_object().get(object))
            return error;
        for (const char *name : {"message", "error"}) {
            const auto error = readField(object, name, [&](json::value text) {
                return readOptionalText(text, refusal.message);
            });
            if (error)
                return error;
        }
        return readField(object, "code",
                         [&](json::value text) { return readOptionalText(text, refusal.code); });
    });
    constexpr qsizetype longest = 1000;
    if (!done || refusal.message.isEmpty())
        refusal.message = QString::fromUtf8(body.left(longest)).trimmed();
    refusal.message.truncate(longest);
    return refusal;
}

} // namespace edgewise::hrana
