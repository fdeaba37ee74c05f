// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "savefixture.h"
#include "support/sqldnode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::test {

/// The rows of a select by the bare protocol, every value as "type value".
inline QList<QStringList> rows(const SqldNode &node, const QString &sql)
{
    const QJsonObject answer = QJsonDocument::fromJson(node.execute({sql}))
                                   .object()[u"results"_qs]
                                   .toArray()[0]
                                   .toObject();
    if (answer[u"type"_qs] != u"ok"_qs)
        qFatal("%s: %s", qPrintable(sql), QJsonDocument(answer).toJson().constData());
    QList<QStringList> found;
    const QJsonArray list =
        answer[u"response"_qs].toObject()[u"result"_qs].toObject()[u"rows"_qs].toArray();
    for (const QJsonValue &row : list) {
        QStringList values;
        const QJsonArray cells = row.toArray();
        for (const QJsonValue &cell : cells) {
            const QVariant value = cell.toObject()[u"value"_qs].toVariant();
            values.append(cell.toObject()[u"type"_qs].toString() + u' '
                          + (value.userType() == QMetaType::Double ? QString::number(
                                 value.toDouble(), 'g', QLocale::FloatingPointShortest)
                                                                   : value.toString()));
        }
        found.append(values);
    }
    return found;
}

inline QString nameOf(const SqldNode &node, const QString &flag)
{
    return rows(node, u"SELECT name FROM flags WHERE key = '%1'"_qs.arg(flag)).value(0).value(0);
}

inline flags::Snapshot renamed(const flags::Snapshot &snapshot, const QString &flag,
                               const QString &name)
{
    flags::Flag copy = *snapshot.nameSpace(defaultKey)->flag(FlagKey(flag));
    copy.name = name;
    return *flags::replaceFlag(snapshot, defaultKey, copy);
}

/// A primary with Flipt's schema, and connections to it.
class NodeFixture {
public:
    NodeFixture() : m_primary(std::make_unique<SqldNode>())
    {
        if (!connect()->initialise().result())
            qFatal("the primary could not be initialised");
    }

    SqldNode &primary() { return *m_primary; }
    const Clock &clock() const { return m_clock; }

    std::unique_ptr<store::Connection> connect(const QString &url, int deadline = 15000)
    {
        return std::make_unique<store::Connection>(
            *store::Source::parse(url),
            store::ConnectionOptions{
                .token = {}, .readOnly = false, .deadlineMilliseconds = deadline},
            m_clock);
    }
    std::unique_ptr<store::Connection> connect() { return connect(m_primary->url().toString()); }

    static flags::Snapshot read(store::Connection &connection)
    {
        auto reading = connection.read().result();
        if (!reading)
            qFatal("%s: %s", qPrintable(reading.error().step), qPrintable(reading.error().detail));
        return std::move(reading->snapshot);
    }

    /// Makes the save that goes from `base` to `target`; the test fails when it fails.
    static store::Receipt save(store::Connection &connection, const flags::Snapshot &base,
                               const flags::Snapshot &target)
    {
        auto receipt = connection.write(changes::diff(base, target), base).result();
        if (!receipt)
            qFatal("%s: %s", qPrintable(receipt.error().step), qPrintable(receipt.error().detail));
        return std::move(*receipt);
    }

private:
    SystemClock m_clock;
    std::unique_ptr<SqldNode> m_primary;
};

/// A test class with a fresh primary for each test.
class NodeTest : public QObject {
protected:
    void freshNode()
    {
        m_node = std::make_unique<NodeFixture>();
        m_primary = &m_node->primary();
    }
    std::unique_ptr<store::Connection> connect() { return m_node->connect(); }
    std::unique_ptr<store::Connection> connect(const QString &url, int deadline = 15000)
    {
        return m_node->connect(url, deadline);
    }
    static flags::Snapshot read(store::Connection &connection)
    {
        return NodeFixture::read(connection);
    }
    static store::Receipt save(store::Connection &connection, const flags::Snapshot &base,
                               const flags::Snapshot &target)
    {
        return NodeFixture::save(connection, base, target);
    }

    std::unique_ptr<NodeFixture> m_node;
    SqldNode *m_primary = nullptr;
};

} // namespace edgewise::test
