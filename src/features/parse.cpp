// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/parse.h"

#include "features/documentreader.h"
#include "features/jsonreader.h"
#include "features/yamlreader.h"

using namespace Qt::StringLiterals;

namespace edgewise::features {

namespace {

/// Flipt's export begins a JSON file with a comment, and its import skips it (Flipt: internal/ext
/// importer.go, jsonReader). The line becomes blanks so that positions stay.
QByteArray withoutHeader(QByteArrayView text)
{
    QByteArray result = text.toByteArray();
    if (!result.startsWith('#'))
        return result;
    qsizetype end = result.indexOf('\n');
    if (end < 0)
        end = result.size();
    std::fill(result.begin(), result.begin() + end, ' ');
    return result;
}

} // namespace

std::optional<Format> formatOf(const QString &fileName)
{
    if (fileName.endsWith(u".yml", Qt::CaseInsensitive)
        || fileName.endsWith(u".yaml", Qt::CaseInsensitive))
        return Format::Yaml;
    if (fileName.endsWith(u".json", Qt::CaseInsensitive))
        return Format::Json;
    return std::nullopt;
}

Result<Document> parse(QByteArrayView text, Format format)
{
    if (text.size() > maximumTextSize) {
        return Error{.kind = Error::Kind::Input,
                     .step = u"reading the document"_qs,
                     .detail = u"it has %1 bytes, and more than %2 are not read"_qs.arg(text.size())
                                   .arg(maximumTextSize)};
    }
    if (format == Format::Json) {
        const QByteArray body = withoutHeader(text);
        auto roots = readJsonStream(body);
        if (!roots)
            return std::move(roots).error();
        if (roots->empty()) // Flipt: "EOF"
            return Positions(body).error(0, u"there is no JSON document"_qs);
        return DocumentReader(Positions(body), format).read(*roots);
    }
    auto roots = readYaml(text);
    if (!roots)
        return std::move(roots).error();
    return DocumentReader(Positions(text), format).read(*roots);
}

} // namespace edgewise::features
