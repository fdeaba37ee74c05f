// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/proxy.h>
#include <base/token.h>
#include <flipt/answers.h>

#include <QFuture>
#include <QObject>
#include <QSslConfiguration>
#include <QUrl>

#include <optional>

class QNetworkAccessManager;
class QNetworkReply;
class QNetworkRequest;

namespace edgewise::flipt {

/// An answer with the times of its journey: steady clock of this machine, nanoseconds.
template <typename T>
struct Timed {
    T value;
    qint64 sentAt = 0;
    qint64 answeredAt = 0;
    qint64 nanoseconds() const { return answeredAt - sentAt; }
};

/// What a namespace's snapshot is known by. Each Flipt makes its tags in its own way: compare them
/// with tags of the same server alone.
struct SnapshotVersion {
    QByteArray tag; ///< empty: the server gives none, as for a namespace without readable stamp
    bool unchanged = false; ///< it is the tag that was asked with
    friend bool operator==(const SnapshotVersion &, const SnapshotVersion &) = default;
};

template <typename Answer>
using Evaluated = Timed<std::variant<Answer, Refusal>>;

/// A running Flipt's HTTP API, read-only and asynchronous. Lives on one thread with an event loop;
/// every method is called there, and the futures finish there. Each request has the client's
/// deadline, connecting included; answers over 64 MiB, redirects and compressed answers are
/// refused. Errors: Network when no answer came, Auth for a missing or refused token, Protocol
/// when it is not Flipt that answered. The destructor ends what is pending with Cancelled.
class FliptClient final : public QObject {
    Q_OBJECT

public:
    /// `base` as parseAddress() gives it; `clock` must outlive the client.
    FliptClient(QUrl base, Token token, const Clock &clock, int deadlineMilliseconds = 5000,
                QObject *parent = nullptr);
    ~FliptClient() override;

    /// How the server is reached from the next request on: certificates in PEM that are trusted
    /// beside the system's, and a proxy instead of the program's, also to this machine.
    void setRoute(const QByteArray &authorities, const std::optional<Proxy> &proxy);

    const QUrl &base() const { return m_base; }

    /// True when it serves. Asks for no token.
    QFuture<Result<Timed<bool>>> health();
    QFuture<Result<Timed<Info>>> info();
    QFuture<Result<Timed<CacheSettings>>> cacheSettings();
    QFuture<Result<Evaluated<VariantAnswer>>> evaluateVariant(const Request &request);
    QFuture<Result<Evaluated<BooleanAnswer>>> evaluateBoolean(const Request &request);
    QFuture<Result<Evaluated<std::vector<BatchPart>>>>
    evaluateBatch(const std::vector<Request> &requests);
    /// Costs a round trip without the snapshot: what follows the header is not read.
    QFuture<Result<Timed<SnapshotVersion>>> snapshotVersion(const NamespaceKey &nameSpace,
                                                            const QByteArray &knownTag = {});

private:
    struct Exchange;
    /// The status and body of an answer, with its times.
    struct Raw;

    QFuture<Result<Timed<Raw>>> exchange(const QByteArray &method, const QByteArray &path,
                                         const QByteArray &body, const QByteArray &knownTag = {},
                                         bool headerOnly = false);
    QNetworkRequest requestFor(const QByteArray &path) const;
    template <typename Answer>
    QFuture<Result<Evaluated<Answer>>> evaluate(const QByteArray &path, const QByteArray &body,
                                                Result<Answer> (*parse)(const QByteArray &));

    const QUrl m_base;
    const Token m_token;
    const Clock &m_clock;
    const int m_deadline;
    QNetworkAccessManager *m_network = nullptr;
    QSslConfiguration m_encryption = QSslConfiguration::defaultConfiguration();
};

} // namespace edgewise::flipt
