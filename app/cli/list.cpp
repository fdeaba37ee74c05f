// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "source.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::cli {

namespace {

struct ListOptions {
    std::string source;
    std::string what = "flags";
    std::string nameSpace;
    bool json = false;
};

QString typeName(int type)
{
    switch (type) {
    case flags::VariantFlag:
        return QStringLiteral("VARIANT_FLAG_TYPE");
    case flags::BooleanFlag:
        return QStringLiteral("BOOLEAN_FLAG_TYPE");
    default:
        return QString::number(type);
    }
}

QString matchName(int type)
{
    switch (type) {
    case flags::AllMatch:
        return QStringLiteral("ALL_MATCH_TYPE");
    case flags::AnyMatch:
        return QStringLiteral("ANY_MATCH_TYPE");
    default:
        return QString::number(type);
    }
}

// One object, for programs and for people.
struct ListedObject {
    QJsonObject json;
    QStringList cells;
};

ListedObject describe(const flags::Namespace &space)
{
    return {{{QStringLiteral("key"), space.key.text()},
             {QStringLiteral("name"), space.name},
             {QStringLiteral("description"), space.description},
             {QStringLiteral("protected"), space.isProtected},
             {QStringLiteral("flags"), qint64(space.flags.size())},
             {QStringLiteral("segments"), qint64(space.segments.size())}},
            {space.key.text(), QStringLiteral("%1 flags").arg(space.flags.size()),
             QStringLiteral("%1 segments").arg(space.segments.size()), space.name}};
}

ListedObject describe(const flags::Namespace &space, const flags::Flag &flag)
{
    QJsonArray variants;
    for (const auto &variant : flag.variants)
        variants.append(variant.key);
    return {
        {{QStringLiteral("namespace"), space.key.text()},
         {QStringLiteral("key"), flag.key.text()},
         {QStringLiteral("name"), flag.name},
         {QStringLiteral("description"), flag.description},
         {QStringLiteral("type"), typeName(flag.type)},
         {QStringLiteral("enabled"), flag.enabled},
         {QStringLiteral("variants"), variants},
         {QStringLiteral("rules"), qint64(flag.rules.size())},
         {QStringLiteral("rollouts"), qint64(flag.rollouts.size())}},
        {space.key.text(), flag.key.text(),
         flag.type == flags::BooleanFlag ? QStringLiteral("boolean") : QStringLiteral("variant"),
         flag.enabled ? QStringLiteral("enabled") : QStringLiteral("disabled"), flag.name}};
}

ListedObject describe(const flags::Namespace &space, const flags::Segment &segment)
{
    return {{{QStringLiteral("namespace"), space.key.text()},
             {QStringLiteral("key"), segment.key.text()},
             {QStringLiteral("name"), segment.name},
             {QStringLiteral("description"), segment.description},
             {QStringLiteral("match_type"), matchName(segment.matchType)},
             {QStringLiteral("constraints"), qint64(segment.constraints.size())}},
            {space.key.text(), segment.key.text(),
             segment.matchType == flags::AnyMatch ? QStringLiteral("any") : QStringLiteral("all"),
             QStringLiteral("%1 constraints").arg(segment.constraints.size()), segment.name}};
}

// A name may hold a tab or line break, which would shift the columns of everything after it.
QByteArray tabbed(const QStringList &cells)
{
    QStringList clean;
    for (const QString &cell : cells)
        clean.append(cell.simplified());
    return clean.join(u'\t').toUtf8();
}

int list(Invocation &invocation, const ListOptions &options)
{
    const QString source = QString::fromStdString(options.source);
    const auto loaded = loadSnapshot(source, invocation);
    if (!loaded)
        return complain(loaded.error());
    const QString only = QString::fromStdString(options.nameSpace);
    if (!only.isEmpty() && !loaded->snapshot.nameSpace(NamespaceKey(only)))
        return complain({.kind = Error::Kind::NotFound,
                         .step = QStringLiteral("listing %1").arg(source),
                         .detail = QStringLiteral("it has no namespace \"%1\"").arg(only)});

    const auto print = [&](const ListedObject &object) {
        invocation.output.line(options.json
                                   ? QJsonDocument(object.json).toJson(QJsonDocument::Compact)
                                   : tabbed(object.cells));
    };
    for (const auto &space : loaded->snapshot.namespaces) {
        if (!only.isEmpty() && space->key.text() != only)
            continue;
        if (options.what == "namespaces")
            print(describe(*space));
        if (options.what == "flags")
            for (const auto &flag : space->flags)
                print(describe(*space, *flag));
        if (options.what == "segments")
            for (const auto &segment : space->segments)
                print(describe(*space, *segment));
    }
    return Done;
}

} // namespace

void addList(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand("list", "List namespaces, flags or segments");
    auto options = std::make_shared<ListOptions>();
    command
        ->add_option("SOURCE", options->source,
                     "A node's URL, a file, a data directory or a document")
        ->required();
    command->add_option("WHAT", options->what, "namespaces, flags or segments")
        ->check(CLI::IsMember({"namespaces", "flags", "segments"}))
        ->capture_default_str();
    command->add_option("--namespace", options->nameSpace, "Only what is in this namespace");
    command->add_flag("--json", options->json, "One JSON object a line");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) { return list(invocation, *options); };
    });
}

} // namespace edgewise::cli
