// SPDX-License-Identifier: GPL-3.0-or-later
#include "source.h"

#include "documentfile.h"

namespace edgewise::cli {

Result<SourceArgument> parseSource(const QString &text)
{
    const auto endsWith = [&](const char *suffix) {
        return text.endsWith(QLatin1StringView(suffix), Qt::CaseInsensitive);
    };
    const bool isUrl = text.contains(QStringLiteral("://"));
    if (text.startsWith(QStringLiteral("flipt+")))
        return Error{.kind = Error::Kind::Input,
                     .step = QStringLiteral("reading %1").arg(text),
                     .detail = QStringLiteral(
                         "flags are read from Flipt's database, not from a running Flipt; "
                         "name its node or file")};
    SourceArgument source;
    source.text = text;
    if (!isUrl && endsWith(".changes.json"))
        source.kind = SourceArgument::Kind::ChangeSet;
    else if (!isUrl && features::formatOf(text))
        source.kind = SourceArgument::Kind::Document;
    if (source.kind != SourceArgument::Kind::Database)
        return source;
    auto database = store::Source::parse(text);
    if (!database)
        return database.error();
    source.database = *std::move(database);
    return source;
}

store::ConnectionOptions Invocation::connection() const
{
    store::ConnectionOptions options;
    options.token = token;
    options.authoritiesFile = authoritiesFile;
    options.proxy = proxy;
    return options;
}

std::unique_ptr<store::Connection> connectTo(const SourceArgument &source, bool readOnly,
                                             const Invocation &invocation, bool throughReplica)
{
    store::ConnectionOptions options = invocation.connection();
    options.readOnly = readOnly;
    options.throughReplica = throughReplica;
    return std::make_unique<store::Connection>(source.database, options, invocation.clock);
}

Result<features::Document> loadSnapshot(const SourceArgument &source, const Invocation &invocation)
{
    switch (source.kind) {
    case SourceArgument::Kind::Database: {
        auto reading = await(connectTo(source, true, invocation)->read());
        if (!reading)
            return reading.error();
        return features::Document{std::move(reading->snapshot), {}, {}};
    }
    case SourceArgument::Kind::Document:
        return readDocument(source.text);
    case SourceArgument::Kind::ChangeSet:
        break;
    }
    return Error{.kind = Error::Kind::Input,
                 .step = QStringLiteral("reading %1").arg(source.text),
                 .detail = QStringLiteral("a change set holds no flags; it can only be applied")};
}

Result<features::Document> loadSnapshot(const QString &text, const Invocation &invocation)
{
    const auto source = parseSource(text);
    if (!source)
        return source.error();
    return loadSnapshot(*source, invocation);
}

} // namespace edgewise::cli
