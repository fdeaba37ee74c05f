// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/population.h"

#include "evaluation/jsonreader.h"
#include "evaluation/rowpopulation.h"
#include "evaluation/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace edgewise::evaluation {

using namespace Qt::StringLiterals;

namespace {

struct Rows {
    Q_DECLARE_TR_FUNCTIONS(edgewise::evaluation::Rows)
};

constexpr qint64 longestLine = 64 * 1024 * 1024; ///< bytes; what goes on is taken for another row
constexpr qint64 chunk = 64 * 1024;              ///< bytes that are read at once
/// Bytes of a row of several lines: a quote that nobody closes costs no more rows than these.
constexpr qsizetype longestOpenRow = 1024 * 1024;

/// Cuts a device into rows and makes entities of them. One thread at a time reads and parses.
class FilePopulation : public Population {
public:
    explicit FilePopulation(QIODevice &device) : m_device(device) {}

    bool next(Batch &batch) override
    {
        const std::lock_guard lock(m_reading);
        batch.clear();
        batch.number = m_number;
        QByteArray row;
        while (!batch.isFull() && readRow(row)) {
            const qint64 line = m_rowLine;
            std::string_view text(row.constData(), size_t(row.size()));
            std::string replaced;
            if (validUtf8Length(text) < text.size()) {
                replaced = withReplacements(text);
                text = replaced;
            }
            if (const QString problem = parse(text, batch); !problem.isEmpty())
                addMalformed(line, problem);
        }
        batch.seal();
        if (batch.entities().empty())
            return false;
        ++m_number;
        return true;
    }

protected:
    /// Adds the row to the batch, or says what is wrong with it and adds nothing.
    virtual QString parse(std::string_view row, Batch &batch) = 0;
    /// Takes the next line of a row and tells whether the row goes on after it.
    virtual bool goesOn(QByteArrayView, bool /*isFirst*/) { return false; }

private:
    /// The next row without its line end; blank ones are passed over.
    bool readRow(QByteArray &row)
    {
        do {
            m_rowLine = m_line + 1;
            row.clear();
            bool isOpen = true;
            while (isOpen && row.size() < longestOpenRow) {
                const QByteArrayView line = nextLine();
                if (line.isEmpty())
                    break;
                isOpen = goesOn(line, row.isEmpty());
                row.append(line);
                ++m_line;
            }
            if (row.isEmpty())
                return false;
            while (row.endsWith('\n') || row.endsWith('\r'))
                row.chop(1);
        } while (row.trimmed().isEmpty());
        return true;
    }

    /// The next line with its end; empty at the end of the device. Valid until the next call.
    /// QIODevice::readLine() would cost an allocation of its limit for each line of a pipe.
    QByteArrayView nextLine()
    {
        size_t scanned = m_begin;
        while (true) {
            const size_t end = m_buffer.find('\n', scanned);
            const bool isWhole = end != std::string::npos;
            if (isWhole || m_atEnd || m_buffer.size() - m_begin >= size_t(longestLine)) {
                const size_t begin = m_begin;
                m_begin = isWhole ? end + 1 : m_buffer.size();
                return {m_buffer.data() + begin, qsizetype(m_begin - begin)};
            }
            m_buffer.erase(0, m_begin);
            m_begin = 0;
            scanned = m_buffer.size();
            m_buffer.resize(scanned + chunk);
            const qint64 count = m_device.read(m_buffer.data() + scanned, chunk);
            m_buffer.resize(scanned + size_t(std::max<qint64>(count, 0)));
            m_atEnd = count <= 0;
        }
    }

    std::mutex m_reading;
    QIODevice &m_device;
    std::string m_buffer;
    size_t m_begin = 0; ///< of what has not been given
    bool m_atEnd = false;
    qint64 m_number = 0;
    qint64 m_line = 0;
    qint64 m_rowLine = 0;
};

class CsvPopulation : public FilePopulation {
public:
    using FilePopulation::FilePopulation;

protected:
    /// A quoted field may hold line ends; a quote within a field that has none at its start is
    /// just a fault.
    bool goesOn(QByteArrayView line, bool isFirst) override
    {
        if (isFirst) {
            m_isQuoted = false;
            m_isFieldStart = true;
            m_wasClosed = false;
        }
        for (const char c : line) {
            const bool closes = m_isQuoted && c == '"';
            if (m_isQuoted)
                m_isQuoted = c != '"';
            else if (c == '"' && (m_isFieldStart || m_wasClosed))
                m_isQuoted = true; // opens a field, or the second of a pair in one
            m_isFieldStart = !m_isQuoted && c == ',';
            m_wasClosed = closes;
        }
        return m_isQuoted;
    }

    QString parse(std::string_view row, Batch &batch) override
    {
        if (!split(row))
            return Rows::tr("a quote is not closed, or text follows a closed one");
        if (m_names.empty()) {
            readHeader();
            return {};
        }
        if (m_fields.size() != m_names.size())
            return Rows::tr("%1 fields instead of %2").arg(m_fields.size()).arg(m_names.size());
        batch.addEntity(batch.keep(m_fields[m_idColumn]));
        for (size_t i = 0; i < m_fields.size(); ++i) {
            // The names live as long as the population, and so longer than any batch.
            if (i != m_idColumn)
                batch.addProperty(m_names[i], batch.keep(m_fields[i]));
        }
        return {};
    }

private:
    bool split(std::string_view row)
    {
        m_fields.clear();
        while (true) {
            std::string &field = m_fields.emplace_back();
            if (row.starts_with('"')) {
                row.remove_prefix(1);
                while (true) {
                    const size_t quote = row.find('"');
                    if (quote == std::string_view::npos)
                        return false;
                    field += row.substr(0, quote);
                    row.remove_prefix(quote + 1);
                    if (!row.starts_with('"'))
                        break;
                    field += '"';
                    row.remove_prefix(1);
                }
                if (!row.empty() && row.front() != ',')
                    return false;
            } else {
                const size_t comma = std::min(row.find(','), row.size());
                field = row.substr(0, comma);
                row.remove_prefix(comma);
                if (field.find('"') != std::string::npos)
                    return false;
            }
            if (row.empty())
                return true;
            row.remove_prefix(1);
        }
    }

    void readHeader()
    {
        m_names = m_fields;
        if (m_names.front().starts_with("\xEF\xBB\xBF"))
            m_names.front().erase(0, 3);
        m_idColumn = entityColumn(m_names);
    }

    std::vector<std::string> m_names;
    std::vector<std::string> m_fields;
    size_t m_idColumn = 0;
    // Where goesOn() stands within a row.
    bool m_isQuoted = false;
    bool m_isFieldStart = true;
    bool m_wasClosed = false; ///< the last character closed a quoted field, or began a pair
};

class JsonLinesPopulation : public FilePopulation {
public:
    using FilePopulation::FilePopulation;

protected:
    QString parse(std::string_view row, Batch &batch) override
    {
        m_decoded.clear();
        m_decoded.reserve(row.size());
        m_context.clear();
        std::string_view id;
        bool hasId = false;
        JsonReader json(row);
        const bool read = readMembers(json, [&](std::string_view name) {
            if (name == "entity") {
                hasId = true;
                return json.string(id, m_decoded);
            }
            if (name != "context")
                return json.skip();
            return readMembers(json, [&](std::string_view property) {
                std::string_view value;
                const bool isNull = json.peek() == 'n';
                if (isNull ? !json.literal("null") : !json.string(value, m_decoded))
                    return false;
                m_context.push_back({property, value});
                return true;
            });
        });
        if (!read || !json.atEnd())
            return Rows::tr("no JSON object with texts at byte %1").arg(json.position());
        if (!hasId)
            return Rows::tr("it has no \"entity\"");
        batch.addEntity(batch.keep(id));
        for (const Property &property : m_context)
            batch.addProperty(batch.keep(property.name), batch.keep(property.value));
        return {};
    }

private:
    template <typename Member>
    bool readMembers(JsonReader &json, Member member)
    {
        if (!json.take('{'))
            return json.fail();
        if (json.take('}'))
            return true;
        do {
            std::string_view name;
            if (!json.string(name, m_decoded) || !json.take(':') || !member(name))
                return false;
        } while (json.take(','));
        return json.take('}');
    }

    std::string m_decoded;
    std::vector<Property> m_context;
};

} // namespace

std::unique_ptr<Population> csvPopulation(QIODevice &device)
{
    return std::make_unique<CsvPopulation>(device);
}

std::unique_ptr<Population> jsonLinesPopulation(QIODevice &device)
{
    return std::make_unique<JsonLinesPopulation>(device);
}

} // namespace edgewise::evaluation
