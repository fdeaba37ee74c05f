// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientengine.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace edgewise::bench {

namespace {

using Evaluate = const char *(*)(void *, const char *);

/// The library's functions (flipt-client-sdks: flipt_engine.h), loaded once and never unloaded.
struct Library {
    void *(*initialize)(const char *) = nullptr;
    void (*destroy)(void *) = nullptr;
    Evaluate variant = nullptr;
    Evaluate boolean = nullptr;
    void (*destroyText)(char *) = nullptr;
};

template <typename Function>
void find(void *library, const char *name, Function &function)
{
    function = reinterpret_cast<Function>(dlsym(library, name));
    if (!function)
        qFatal("the client engine has no %s", name);
}

const Library &library()
{
    static const Library loaded = [] {
        const QByteArray path = qgetenv("EDGEWISE_CLIENT_ENGINE");
        void *handle = dlopen(path.constData(), RTLD_NOW | RTLD_LOCAL);
        if (!handle)
            qFatal("EDGEWISE_CLIENT_ENGINE names no client engine: %s", dlerror());
        Library functions;
        find(handle, "initialize_engine", functions.initialize);
        find(handle, "destroy_engine", functions.destroy);
        find(handle, "evaluate_variant", functions.variant);
        find(handle, "evaluate_boolean", functions.boolean);
        find(handle, "destroy_string", functions.destroyText);
        return functions;
    }();
    return loaded;
}

void evaluateAndDrop(Evaluate function, void *engine, const std::string &request)
{
    library().destroyText(const_cast<char *>(function(engine, request.c_str())));
}

QByteArray answerOf(Evaluate function, void *engine, const std::string &request)
{
    const char *answer = function(engine, request.c_str());
    const QByteArray copy(answer);
    library().destroyText(const_cast<char *>(answer));
    return copy;
}

int listenOnLoopback(quint16 &port)
{
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (listener < 0 || bind(listener, generic, size) != 0 || listen(listener, 8) != 0
        || getsockname(listener, generic, &size) != 0)
        qFatal("no port for the client engine's snapshot");
    port = ntohs(address.sin_port);
    return listener;
}

} // namespace

ClientEngine::ClientEngine(const QByteArray &nameSpace, const QByteArray &snapshot)
    : m_snapshot(snapshot)
{
    quint16 port = 0;
    m_listener = listenOnLoopback(port);
    m_server = std::thread([this] { serve(); });
    const QJsonObject options{
        {QStringLiteral("namespace"), QString::fromUtf8(nameSpace)},
        {QStringLiteral("url"), QStringLiteral("http://127.0.0.1:%1").arg(port)},
        {QStringLiteral("fetch_mode"), QStringLiteral("polling")},
        {QStringLiteral("update_interval"), 86400}};
    const QByteArray text = QJsonDocument(options).toJson(QJsonDocument::Compact);
    m_engine = library().initialize(text.constData());
    if (!m_engine)
        qFatal("the client engine did not start");
}

ClientEngine::~ClientEngine()
{
    library().destroy(m_engine);
    shutdown(m_listener, SHUT_RDWR); // ends accept()
    m_server.join();
    close(m_listener);
}

/// Every request gets the snapshot: the engine asks for nothing else.
void ClientEngine::serve()
{
    while (true) {
        const int connection = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            return;
        QByteArray head;
        char buffer[4096];
        while (!head.contains("\r\n\r\n")) {
            const ssize_t count = read(connection, buffer, sizeof buffer);
            if (count <= 0)
                break;
            head.append(buffer, count);
        }
        const QByteArray answer =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            "Content-Length: "
            + QByteArray::number(m_snapshot.size()) + "\r\n\r\n" + m_snapshot;
        qsizetype sent = 0;
        while (sent < answer.size()) {
            const ssize_t count = send(connection, answer.constData() + sent,
                                       size_t(answer.size() - sent), MSG_NOSIGNAL);
            if (count <= 0)
                break;
            sent += count;
        }
        close(connection);
    }
}

void ClientEngine::evaluateVariant(const std::string &request) const
{
    evaluateAndDrop(library().variant, m_engine, request);
}

void ClientEngine::evaluateBoolean(const std::string &request) const
{
    evaluateAndDrop(library().boolean, m_engine, request);
}

QByteArray ClientEngine::variantAnswer(const std::string &request) const
{
    return answerOf(library().variant, m_engine, request);
}

QByteArray ClientEngine::booleanAnswer(const std::string &request) const
{
    return answerOf(library().boolean, m_engine, request);
}

std::string ClientEngine::request(const std::string &nameSpace, const std::string &flag,
                                  const std::string &entity, const std::string &context)
{
    return R"({"namespace_key":)" + nameSpace + R"(,"flag_key":)" + flag + R"(,"entity_id":)"
           + entity + R"(,"context":)" + context + '}';
}

} // namespace edgewise::bench
