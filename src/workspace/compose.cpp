// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/compose.h"

#include <features/yamlreader.h>

#include <QMap>

namespace edgewise::workspace {

using namespace Qt::StringLiterals;
using features::Node;
using features::NodePointer;

namespace {

// What sqld and Flipt listen on in their images.
constexpr auto containerPort = "8080"_L1;

Error composeError(const QString &detail)
{
    return {.kind = Error::Kind::Input, .step = u"reading docker-compose.yml"_qs, .detail = detail};
}

QString childText(const NodePointer &mapping, QStringView key)
{
    const NodePointer value = mapping ? mapping->value(key) : nullptr;
    return value ? value->text : QString();
}

/// "KEY: value" and "- KEY=value" are the same.
QMap<QString, QString> environmentOf(const NodePointer &service)
{
    QMap<QString, QString> environment;
    const NodePointer node = service->value(u"environment");
    if (!node)
        return environment;
    for (const Node::Entry &entry : node->entries)
        environment.insert(entry.first->text, entry.second->text);
    for (const NodePointer &item : node->items)
        environment.insert(item->text.section(u'=', 0, 0), item->text.section(u'=', 1));
    return environment;
}

/// The address at which this machine reaches the service's port; empty when it is not published.
QString addressOf(const NodePointer &service)
{
    const NodePointer ports = service->value(u"ports");
    if (!ports)
        return {};
    for (const NodePointer &port : ports->items) {
        QString host;
        QString published;
        QString target;
        if (port->kind == Node::Kind::Mapping) {
            host = childText(port, u"host_ip");
            published = childText(port, u"published");
            target = childText(port, u"target");
        } else {
            const QStringList parts = port->text.section(u'/', 0, 0).split(u':');
            target = parts.constLast();
            published = parts.value(parts.size() - 2);
            host = parts.mid(0, parts.size() - 2).join(u':');
        }
        if (target != containerPort || published.isEmpty())
            continue;
        // Published on every interface, it is reached on this one.
        const bool isHere = host.isEmpty() || host == "0.0.0.0"_L1 || host == "[::]"_L1;
        return u"http://%1:%2"_qs.arg(isHere ? u"127.0.0.1"_qs : host, published);
    }
    return {};
}

bool isPrimary(const NodePointer &service)
{
    const QMap<QString, QString> environment = environmentOf(service);
    const QString role = environment.value(u"SQLD_NODE"_qs);
    return role.isEmpty() ? !environment.contains(u"SQLD_PRIMARY_URL"_qs)
                          : role == "primary"_L1 || role == "standalone"_L1;
}

} // namespace

Result<settings::ConnectionSettings> connectionOfCompose(const QByteArray &yaml)
{
    const Result<std::vector<NodePointer>> documents = features::readYaml(yaml);
    if (!documents)
        return documents.error();
    const NodePointer services =
        documents->empty() ? nullptr : documents->front()->value(u"services");
    if (!services || services->entries.empty())
        return composeError(u"it names no services"_qs);
    settings::ConnectionSettings connection;
    for (const Node::Entry &entry : services->entries) {
        const NodePointer &service = entry.second;
        const QString image = childText(service, u"image");
        const QString address = addressOf(service);
        if (address.isEmpty())
            continue;
        if (image.contains("flipt"_L1))
            connection.flipts.append(address);
        else if (!image.contains("libsql-server"_L1) && !image.contains("sqld"_L1))
            continue;
        else if (!isPrimary(service))
            connection.replicas.append(address);
        else if (connection.primary.isEmpty())
            connection.primary = address;
    }
    if (connection.primary.isEmpty())
        return composeError(
            u"no service with an sqld image is a primary that publishes port 8080"_qs);
    return connection;
}

} // namespace edgewise::workspace
