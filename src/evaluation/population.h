// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <evaluation/request.h>

#include <QIODevice>
#include <QString>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Streams of entities to evaluate. They are taken in batches, so that ten million need no more
/// memory than a thousand.
namespace edgewise::evaluation {

struct Entity {
    std::string_view id;
    std::span<const Property> context;
};

/// Some entities of a stream with the texts they are made of; reused from batch to batch.
class Batch {
public:
    static constexpr size_t capacity = 4096;
    /// Bytes of text past which no further entity is taken: ten thousand lines of ten megabytes
    /// need no more memory than one.
    static constexpr size_t textLimit = 4 * 1024 * 1024;

    /// Place in the stream: 0, 1, 2 …
    qint64 number = 0;
    /// Index in the stream of the first entity; malformed rows do not count.
    const std::vector<Entity> &entities() const { return m_entities; }

    void clear();
    /// Adds the text to those of the batch. The view stays valid until clear().
    std::string_view keep(std::string_view text);
    /// Starts an entity; properties are added to the newest one.
    void addEntity(std::string_view id);
    void addProperty(std::string_view name, std::string_view value);
    bool isFull() const { return m_entities.size() >= capacity || m_textSize >= textLimit; }
    /// Gives the entities their properties; once, when all are there.
    void seal();

private:
    std::vector<std::unique_ptr<char[]>> m_blocks; ///< of blockSize each, larger for large texts
    std::vector<size_t> m_blockSizes;
    size_t m_block = 0; ///< the one that is being filled
    size_t m_used = 0;  ///< bytes of it
    size_t m_textSize = 0;
    std::vector<Entity> m_entities;
    std::vector<size_t> m_starts; ///< of each entity's properties
    std::vector<Property> m_properties;
};

/// A row of a file that is no entity.
struct MalformedRow {
    qint64 line = 0; ///< from 1
    QString problem;

    friend bool operator==(const MalformedRow &, const MalformedRow &) = default;
};

/// A stream. next() may be called from several threads at once; batches are numbered in order.
class Population {
public:
    virtual ~Population() = default;

    /// Fills the batch; false, with an empty batch, at the end.
    virtual bool next(Batch &batch) = 0;
    /// Entities in all, where that is known beforehand.
    virtual std::optional<qint64> size() const { return std::nullopt; }

    /// How many rows were passed over so far, and the first few of them.
    qint64 malformedCount() const;
    std::vector<MalformedRow> malformedRows() const;

protected:
    void addMalformed(qint64 line, const QString &problem);

private:
    mutable std::mutex m_mutex;
    qint64 m_malformed = 0;
    std::vector<MalformedRow> m_rows;
};

/// Rows of CSV (RFC 4180, UTF-8, with a header). The column "entity" or "id", else the first, is
/// the entity's id, the others are properties. A row with another number of fields is malformed.
/// The device must be open and outlive the population; it is read from one thread at a time.
std::unique_ptr<Population> csvPopulation(QIODevice &device);

/// Lines of JSON like requests: {"entity":"…","context":{"name":"value"}}; blank lines are passed
/// over. The device as above.
std::unique_ptr<Population> jsonLinesPopulation(QIODevice &device);

} // namespace edgewise::evaluation
