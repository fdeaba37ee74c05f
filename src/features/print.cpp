// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/print.h"

#include "features/documentwriter.h"
#include "features/gotext.h"
#include "features/yamlwriter.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace edgewise::features {

namespace {

QByteArray headerText(const Header &header)
{
    const QString time =
        QDateTime::fromSecsSinceEpoch(header.wallNanoseconds / 1'000'000'000, Qt::UTC)
            .toString(u"yyyy-MM-ddTHH:mm:ssZ");
    QString program = header.program;
    program.replace(u'\n', u' ').replace(u'\r', u' ');
    return u"# exported by %1 on %2\n\n"_qs.arg(program, time).toUtf8();
}

Result<std::vector<std::shared_ptr<const flags::Namespace>>>
chosenNamespaces(const flags::Snapshot &snapshot, const PrintOptions &options)
{
    auto chosen = snapshot.namespaces;
    if (options.namespaces) {
        chosen.clear();
        for (const NamespaceKey &key : *options.namespaces) {
            auto nameSpace = snapshot.nameSpace(key);
            if (!nameSpace)
                return Error{.kind = Error::Kind::NotFound,
                             .step = u"exporting namespaces"_qs,
                             .detail = u"namespace \"%1\" not found"_qs.arg(key.text())};
            chosen.push_back(std::move(nameSpace));
        }
    } else if (options.sortByKey) {
        std::ranges::stable_sort(chosen, [](const auto &a, const auto &b) {
            return lessByBytes(a->key.text(), b->key.text());
        });
    }
    return chosen;
}

} // namespace

Result<Printed> print(const flags::Snapshot &snapshot, const PrintOptions &options)
{
    const auto namespaces = chosenNamespaces(snapshot, options);
    if (!namespaces)
        return namespaces.error();

    Printed printed;
    if (options.header)
        printed.text = headerText(*options.header);
    DocumentWriter documents(options.format, options.sortByKey);
    YamlWriter yaml;
    bool first = true;
    for (const auto &nameSpace : *namespaces) {
        const NodePointer root = documents.document(*nameSpace, std::exchange(first, false));
        if (options.format == Format::Yaml)
            yaml.writeDocument(*root);
        else
            printed.text += jsonInOrder(*root) + '\n';
    }
    printed.text += yaml.text();
    printed.warnings = documents.takeWarnings();
    return printed;
}

} // namespace edgewise::features
