// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/parityrequests.h"

#include "workspace/namedvalues.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace edgewise::workspace {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostOfAFlag = 6;
constexpr qsizetype withoutContext = 3; // every third entity has none

QByteArray requestLine(const QString &nameSpace, const flags::Flag &flag, qsizetype number,
                       const QMap<QString, QStringList> &values)
{
    QJsonObject context;
    if (number % withoutContext != withoutContext - 1) {
        for (auto property = values.begin(); property != values.end(); ++property) {
            if (!property->isEmpty())
                context.insert(property.key(), property->at(number % property->size()));
        }
    }
    return QJsonDocument(QJsonObject{{u"kind"_qs, flag.type == flags::BooleanFlag ? u"boolean"_qs
                                                                                  : u"variant"_qs},
                                     {u"namespace"_qs, nameSpace},
                                     {u"flag"_qs, flag.key.text()},
                                     {u"entity"_qs, u"entity-%1"_qs.arg(number + 1)},
                                     {u"context"_qs, context}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

std::vector<QByteArray> parityRequests(const flags::Snapshot &snapshot, qsizetype most)
{
    struct Asked {
        QString nameSpace;
        const flags::Flag *flag;
        const QMap<QString, QStringList> *values;
    };
    std::vector<QMap<QString, QStringList>> values;
    values.reserve(snapshot.namespaces.size());
    std::vector<Asked> all;
    for (const auto &nameSpace : snapshot.namespaces) {
        values.push_back(namedValues(*nameSpace));
        for (const auto &flag : nameSpace->flags)
            all.push_back({nameSpace->key.text(), flag.get(), &values.back()});
    }
    std::vector<QByteArray> lines;
    if (all.empty() || most < 1)
        return lines;
    const auto flags = std::min<qsizetype>(most, qsizetype(all.size()));
    const qsizetype each = std::clamp<qsizetype>(most / flags, 1, mostOfAFlag);
    for (qsizetype i = 0; i < flags; ++i) {
        const Asked &asked = all[size_t(i * qsizetype(all.size()) / flags)];
        for (qsizetype number = 0; number < each; ++number)
            lines.push_back(requestLine(asked.nameSpace, *asked.flag, number, *asked.values));
    }
    return lines;
}

} // namespace edgewise::workspace
