// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/json.h"

#include "changes/fields.h"
#include "changes/order.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace edgewise::changes {

namespace {

using namespace Qt::StringLiterals;

constexpr QLatin1StringView formatName = "edgewise.changes"_L1;
constexpr int formatVersion = 1;
constexpr qsizetype largestFile = 256 * 1024 * 1024;
constexpr double largestExactInteger = 9007199254740992.0;

constexpr std::array kindNames{
    std::pair{Change::Kind::Add, "add"_L1},
    std::pair{Change::Kind::Remove, "remove"_L1},
    std::pair{Change::Kind::Modify, "modify"_L1},
};

/// Integers that a double cannot hold go as text, as in Flipt's own JSON.
QJsonValue jsonOf(const Value &value)
{
    struct Writer {
        QJsonValue operator()(std::monostate) const { return QJsonValue::Null; }
        QJsonValue operator()(bool content) const { return content; }
        QJsonValue operator()(qint64 content) const
        {
            return std::abs(static_cast<double>(content)) < largestExactInteger
                       ? QJsonValue(content)
                       : QJsonValue(QString::number(content));
        }
        QJsonValue operator()(double content) const { return content; }
        QJsonValue operator()(const QString &content) const { return content; }
        QJsonValue operator()(const QStringList &content) const
        {
            return QJsonArray::fromStringList(content);
        }
    };
    return std::visit(Writer(), value);
}

bool readInteger(const QJsonValue &json, Value &value)
{
    bool isWhole = false;
    qint64 number = 0;
    if (json.isString()) {
        number = json.toString().toLongLong(&isWhole);
    } else if (json.isDouble()) {
        const double real = json.toDouble();
        isWhole = real == std::floor(real) && std::abs(real) < largestExactInteger;
        number = json.toInteger();
    }
    if (isWhole)
        value = number;
    return isWhole;
}

bool readList(const QJsonValue &json, Value &value)
{
    QStringList list;
    for (const QJsonValue &item : json.toArray()) {
        if (!item.isString())
            return false;
        list.append(item.toString());
    }
    value = list;
    return json.isArray();
}

/// False for what the type cannot hold.
bool readValue(const QJsonValue &json, FieldType type, Value &value)
{
    switch (type) {
    case FieldType::Boolean:
        value = json.toBool();
        return json.isBool();
    case FieldType::Integer:
        return readInteger(json, value);
    case FieldType::Real:
        value = json.toDouble();
        return json.isDouble();
    case FieldType::OptionalText:
        if (json.isNull()) {
            value = Value();
            return true;
        }
        [[fallthrough]];
    case FieldType::Text:
        value = json.toString();
        return json.isString();
    case FieldType::TextList:
        return readList(json, value);
    }
    return false;
}

QJsonObject jsonOf(const Change &change)
{
    QJsonObject json;
    for (const auto &[kind, name] : kindNames) {
        if (kind == change.kind)
            json["change"_L1] = QString(name);
    }
    const KindInfo &info = kindInfo(change.address.kind);
    json["kind"_L1] = QString(info.name);
    json["namespace"_L1] = change.address.nameSpace.text();
    if (change.address.kind != ObjectKind::Namespace)
        json["owner"_L1] = change.address.owner;
    if (!info.parentColumn.isEmpty())
        json["parent"_L1] = change.address.parent;
    if (!info.idColumn.isEmpty())
        json["id"_L1] = change.address.id;
    if (change.address.orphan)
        json["orphan"_L1] = true;
    if (change.positionBefore)
        json["positionBefore"_L1] = *change.positionBefore;
    if (change.positionAfter)
        json["positionAfter"_L1] = *change.positionAfter;
    QJsonObject fields;
    for (const auto &[field, pair] : change.fields) {
        QJsonObject both;
        if (change.kind != Change::Kind::Add)
            both["before"_L1] = jsonOf(pair.before);
        if (change.kind != Change::Kind::Remove)
            both["after"_L1] = jsonOf(pair.after);
        fields[fieldInfo(info.kind, field)->name] = both;
    }
    json["fields"_L1] = fields;
    return json;
}

/// Reads one change after the other and keeps the first fault.
class Reader {
public:
    Result<ChangeSet> read(const QByteArray &text)
    {
        if (text.size() > largestFile)
            return fault(u"the file is larger than 256 MB"_qs);
        QJsonParseError parsing;
        const QJsonDocument document = QJsonDocument::fromJson(text, &parsing);
        if (parsing.error != QJsonParseError::NoError)
            return fault(u"%1 at byte %2"_qs.arg(parsing.errorString()).arg(parsing.offset));
        const QJsonObject root = document.object();
        if (root["format"_L1].toString() != formatName)
            return fault(u"this is no file of changes"_qs);
        if (root["version"_L1].toInt() != formatVersion)
            return fault(u"the file is of another version, %1"_qs.arg(
                root["version"_L1].toVariant().toString()));
        if (!only(root, {"format"_L1, "version"_L1, "changes"_L1}) || !root["changes"_L1].isArray())
            return fault(u"the file must hold format, version and changes alone"_qs);
        ChangeSet result;
        const QJsonArray changes = root["changes"_L1].toArray();
        for (int i = 0; i < changes.size(); ++i) {
            m_place = u"changes[%1]"_qs.arg(i);
            std::optional<Change> change = readChange(changes.at(i).toObject());
            if (!change)
                return fault(m_place + u": " + m_fault);
            result.changes.push_back(*std::move(change));
        }
        sortCanonically(result.changes);
        return result;
    }

private:
    static Error fault(const QString &detail)
    {
        return {Error::Kind::Input, u"reading changes"_qs, detail, {}, false};
    }

    std::nullopt_t refuse(const QString &why)
    {
        m_fault = why;
        return std::nullopt;
    }

    static bool only(const QJsonObject &json, std::initializer_list<QLatin1StringView> names)
    {
        for (auto member = json.begin(); member != json.end(); ++member) {
            if (std::find(names.begin(), names.end(), member.key()) == names.end())
                return false;
        }
        return true;
    }

    std::optional<Change> readChange(const QJsonObject &json)
    {
        if (!only(json, {"change"_L1, "kind"_L1, "namespace"_L1, "owner"_L1, "parent"_L1, "id"_L1,
                         "orphan"_L1, "positionBefore"_L1, "positionAfter"_L1, "fields"_L1}))
            return refuse(u"there is a member that does not belong here"_qs);
        Change change;
        const QString name = json["change"_L1].toString();
        const auto kind = std::find_if(kindNames.begin(), kindNames.end(),
                                       [&](const auto &entry) { return name == entry.second; });
        if (kind == kindNames.end())
            return refuse(u"change must be add, remove or modify"_qs);
        change.kind = kind->first;
        if (!readAddress(json, change.address) || !readPositions(json, change)
            || !readFields(json["fields"_L1].toObject(), change))
            return std::nullopt;
        return change;
    }

    bool readAddress(const QJsonObject &json, Address &address)
    {
        const auto kind = kindNamed(json["kind"_L1].toString());
        if (!kind) {
            m_fault = u"there is no kind \"%1\""_qs.arg(json["kind"_L1].toString());
            return false;
        }
        const KindInfo &info = kindInfo(*kind);
        const auto has = [&](QLatin1StringView name, bool wanted) {
            const bool fits = wanted ? json[name].isString() : !json.contains(name);
            if (!fits)
                m_fault = u"%1 %2 a text %3"_qs.arg(info.label, wanted ? u"needs"_qs : u"has no"_qs,
                                                    name);
            return fits;
        };
        if (!has("namespace"_L1, true) || !has("owner"_L1, *kind != ObjectKind::Namespace)
            || !has("parent"_L1, !info.parentColumn.isEmpty())
            || !has("id"_L1, !info.idColumn.isEmpty()))
            return false;
        address = {*kind,
                   NamespaceKey(json["namespace"_L1].toString()),
                   json["owner"_L1].toString(),
                   json["parent"_L1].toString(),
                   json["id"_L1].toString(),
                   json["orphan"_L1].toBool()};
        if (json.contains("orphan"_L1) && !address.orphan) {
            m_fault = u"orphan must be true where it is given"_qs;
            return false;
        }
        return true;
    }

    bool readPositions(const QJsonObject &json, Change &change)
    {
        const auto read = [&](QLatin1StringView name, std::optional<int> &position) {
            if (!json.contains(name))
                return true;
            const int place = json[name].toInt(-1);
            position = place;
            if (place < 0)
                m_fault = u"%1 must be a place from 0 on"_qs.arg(name);
            return place >= 0;
        };
        return read("positionBefore"_L1, change.positionBefore)
               && read("positionAfter"_L1, change.positionAfter);
    }

    bool readFields(const QJsonObject &json, Change &change)
    {
        for (auto member = json.begin(); member != json.end(); ++member) {
            const FieldInfo *info = fieldNamed(change.address.kind, member.key());
            if (!info) {
                m_fault = u"there is no field \"%1\""_qs.arg(member.key());
                return false;
            }
            const QJsonObject both = member.value().toObject();
            Change::Pair &pair = change.fields[info->field];
            if (!readSide(both, "before"_L1, change.kind != Change::Kind::Add, *info, pair.before)
                || !readSide(both, "after"_L1, change.kind != Change::Kind::Remove, *info,
                             pair.after))
                return false;
        }
        return true;
    }

    bool readSide(const QJsonObject &both, QLatin1StringView side, bool wanted,
                  const FieldInfo &info, Value &value)
    {
        if (!wanted && !both.contains(side))
            return true;
        const bool fits = wanted && both.contains(side) && readValue(both[side], info.type, value);
        if (!fits)
            m_fault = u"%1 %2 of the field \"%3\""_qs.arg(wanted ? u"there is no fitting value"_qs
                                                                 : u"there must be no value"_qs,
                                                          side, info.name);
        return fits;
    }

    QString m_place;
    QString m_fault;
};

} // namespace

QByteArray toJson(const ChangeSet &changes)
{
    QJsonArray list;
    for (const Change &change : changes.changes)
        list.append(jsonOf(change));
    const QJsonObject root{
        {"format"_L1, QString(formatName)}, {"version"_L1, formatVersion}, {"changes"_L1, list}};
    // Qt drops a U+FEFF at the beginning of a text that it reads raw.
    return QJsonDocument(root).toJson(QJsonDocument::Indented).replace("\xEF\xBB\xBF", "\\ufeff");
}

Result<ChangeSet> parseJson(const QByteArray &json)
{
    return Reader().read(json);
}

} // namespace edgewise::changes
