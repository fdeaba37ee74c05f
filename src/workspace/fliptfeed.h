// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/error.h>
#include <base/key.h>
#include <base/token.h>
#include <workspace/route.h>

#include <QByteArray>
#include <QMap>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <optional>

namespace edgewise {
template <typename T>
class Result;
}
namespace edgewise::flipt {
class FliptClient;
struct SnapshotVersion;
} // namespace edgewise::flipt

namespace edgewise::workspace {

/// A running Flipt kept in view: whether it serves, which version it is, and when it shows a save.
/// GUI thread; never waits.
class FliptFeed : public QObject {
    Q_OBJECT

public:
    enum class State { Asking, Serving, NotServing, Unreachable };
    struct Address {
        QString name; ///< for people
        QUrl base;    ///< as flipt::parseAddress() gives it
        Token token = {};
        QString node = {}; ///< Source::text of the database that it reads, where that is known
        Route route = {};

        /// A client of this Flipt, for the thread of the caller; `clock` must outlive it.
        std::unique_ptr<flipt::FliptClient> connect(const Clock &clock) const;
    };

    /// `clock` must outlive the feed.
    FliptFeed(Address address, const Clock &clock, QObject *parent = nullptr);
    ~FliptFeed() override;

    void start();

    const Address &address() const { return m_address; }
    State state() const { return m_state; }
    QString version() const { return m_version; }  ///< "v1.61.1"; empty while not known
    const Error &error() const { return m_error; } ///< of Unreachable
    /// How long it may answer by what it has read before a change reached its database; 0 without a
    /// cache, and while that is not known.
    qint64 cacheLifetimeNanoseconds() const { return m_cacheLifetime; }
    std::optional<qint64> roundTripNanoseconds() const { return m_roundTrip; }

    /// Before a save: notes what these namespaces' snapshots are known by now.
    void prepare(const QList<NamespaceKey> &namespaces);
    /// After it: asks often until every namespace is known by another tag, or by the one of its
    /// stamp. After half a minute it asks as seldom as it does at rest.
    void expect(const QMap<QString, QString> &stamps);
    /// Nothing is expected any more.
    bool isUpToDate() const { return m_expected.isEmpty(); }
    /// Why the namespace's snapshot cannot be asked for; empty when it can.
    QString hindrance() const { return m_hindrance; }

signals:
    void stateChanged();
    /// isUpToDate() has become true.
    void caughtUp();
    void hindranceChanged();

private:
    void ask();
    void askVersion();
    void askSnapshots();
    void takeSnapshot(const QString &nameSpace, const Result<flipt::SnapshotVersion> &answer);
    void setState(State state);

    const Address m_address;
    const Clock &m_clock;
    std::unique_ptr<flipt::FliptClient> m_client;
    QTimer m_healthTimer;
    QTimer m_snapshotTimer;
    State m_state = State::Asking;
    QString m_version;
    qint64 m_cacheLifetime = 0;
    Error m_error;
    QString m_hindrance;
    std::optional<qint64> m_roundTrip;
    QMap<QString, QByteArray> m_tags;  ///< before the save, by namespace
    QMap<QString, QString> m_expected; ///< stamps that are not seen yet, by namespace
    qint64 m_expectedSince = 0;        ///< steady clock, nanoseconds
    int m_asked = 0;                   ///< answers that are on their way
};

/// Whether a Flipt calls the snapshot with this state_modified_at so (Flipt:
/// internal/server/evaluation/data/server.go, the SHA-1 of the time's text, with one blank or two).
bool isTagOf(const QByteArray &tag, const QString &stamp);

} // namespace edgewise::workspace
