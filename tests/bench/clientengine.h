// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>
#include <string>
#include <thread>

namespace edgewise::bench {

/// Flipt's own engine for clients (the native library of the wheel flipt-client), fed with one
/// namespace by a server on loopback. Texts of JSON in and out are the only way in.
class ClientEngine {
public:
    /// Loads the library that EDGEWISE_CLIENT_ENGINE names; ends the program when it cannot.
    ClientEngine(const QByteArray &nameSpace, const QByteArray &snapshot);
    ~ClientEngine();
    ClientEngine(const ClientEngine &) = delete;
    ClientEngine &operator=(const ClientEngine &) = delete;

    /// Answers and throws the answer away.
    void evaluateVariant(const std::string &request) const;
    void evaluateBoolean(const std::string &request) const;
    /// The answer, for a look at whether it is one.
    QByteArray variantAnswer(const std::string &request) const;
    QByteArray booleanAnswer(const std::string &request) const;

    /// The JSON that the engine takes. `context` is the text of an object.
    static std::string request(const std::string &nameSpace, const std::string &flag,
                               const std::string &entity, const std::string &context);

private:
    void serve();

    QByteArray m_snapshot;
    int m_listener = -1;
    std::thread m_server;
    void *m_engine = nullptr;
};

} // namespace edgewise::bench
