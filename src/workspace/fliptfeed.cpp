// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/fliptfeed.h"

#include <base/whenready.h>
#include <flags/timestamp.h>
#include <flipt/fliptclient.h>
#include <flipt/statetag.h>

namespace edgewise::workspace {

using namespace Qt::StringLiterals;

namespace {

constexpr int healthMilliseconds = 5000;
constexpr int hurriedSnapshotMilliseconds = 50;
constexpr int restingSnapshotMilliseconds = 2000;
constexpr qint64 hurriedNanoseconds = 30'000'000'000;

} // namespace

std::unique_ptr<flipt::FliptClient> FliptFeed::Address::connect(const Clock &clock) const
{
    auto client = std::make_unique<flipt::FliptClient>(base, token, clock);
    client->setRoute(route.authorities, route.proxy);
    return client;
}

FliptFeed::FliptFeed(Address address, const Clock &clock, QObject *parent)
    : QObject(parent), m_address(std::move(address)), m_clock(clock),
      m_client(m_address.connect(clock))
{
    m_healthTimer.setInterval(healthMilliseconds);
    m_snapshotTimer.setSingleShot(true);
    connect(&m_healthTimer, &QTimer::timeout, this, &FliptFeed::ask);
    connect(&m_snapshotTimer, &QTimer::timeout, this, &FliptFeed::askSnapshots);
}

FliptFeed::~FliptFeed() = default;

void FliptFeed::start()
{
    m_healthTimer.start();
    ask();
}

void FliptFeed::ask()
{
    whenReady(m_client->health(), this, [this](const Result<flipt::Timed<bool>> &answer) {
        if (!answer) {
            m_error = answer.error();
            m_version.clear();
            m_roundTrip.reset();
            setState(State::Unreachable);
            return;
        }
        m_roundTrip = answer->nanoseconds();
        setState(answer->value ? State::Serving : State::NotServing);
        if (m_version.isEmpty())
            askVersion();
    });
}

void FliptFeed::askVersion()
{
    whenReady(m_client->info(), this, [this](const Result<flipt::Timed<flipt::Info>> &answer) {
        if (!answer || m_state == State::Unreachable)
            return;
        m_version = answer->value.version;
        emit stateChanged();
    });
    whenReady(m_client->cacheSettings(), this,
              [this](const Result<flipt::Timed<flipt::CacheSettings>> &answer) {
                  if (answer && answer->value.enabled)
                      m_cacheLifetime = answer->value.lifetimeNanoseconds;
              });
}

void FliptFeed::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

void FliptFeed::prepare(const QList<NamespaceKey> &namespaces)
{
    m_expected.clear();
    m_tags.clear();
    for (const NamespaceKey &key : namespaces)
        whenReady(m_client->snapshotVersion(key), this,
                  [this, key](const Result<flipt::Timed<flipt::SnapshotVersion>> &answer) {
                      if (answer)
                          m_tags.insert(key.text(), answer->value.tag);
                  });
}

void FliptFeed::expect(const QMap<QString, QString> &stamps)
{
    m_expected = stamps;
    m_expectedSince = m_clock.steadyNanoseconds();
    m_asked = 0;
    askSnapshots();
}

void FliptFeed::askSnapshots()
{
    if (m_asked > 0 || m_expected.isEmpty())
        return;
    const QStringList keys = m_expected.keys();
    m_asked = static_cast<int>(keys.size());
    for (const QString &key : keys)
        whenReady(m_client->snapshotVersion(NamespaceKey(key)), this,
                  [this, key](const Result<flipt::Timed<flipt::SnapshotVersion>> &answer) {
                      takeSnapshot(key, answer ? Result<flipt::SnapshotVersion>(answer->value)
                                               : Result<flipt::SnapshotVersion>(answer.error()));
                  });
}

void FliptFeed::takeSnapshot(const QString &nameSpace, const Result<flipt::SnapshotVersion> &answer)
{
    m_asked = std::max(0, m_asked - 1);
    const auto expected = m_expected.constFind(nameSpace);
    const QString hindrance = answer ? QString() : answer.error().detail;
    if (hindrance != m_hindrance) {
        m_hindrance = hindrance;
        emit hindranceChanged();
    }
    if (answer && expected != m_expected.constEnd()) {
        const auto before = m_tags.constFind(nameSpace);
        const bool moved = before != m_tags.constEnd() && *before != answer->tag;
        if (moved || isTagOf(answer->tag, *expected)) {
            m_expected.remove(nameSpace);
            if (m_expected.isEmpty())
                emit caughtUp();
        }
    }
    if (m_asked > 0 || m_expected.isEmpty())
        return;
    const bool hurried = m_clock.steadyNanoseconds() - m_expectedSince < hurriedNanoseconds;
    m_snapshotTimer.start(hurried && answer ? hurriedSnapshotMilliseconds
                                            : restingSnapshotMilliseconds);
}

bool isTagOf(const QByteArray &tag, const QString &stamp)
{
    const std::optional<qint64> time = flags::parseTimestamp(stamp);
    return time && !tag.isEmpty() && flipt::stateTags(*time).contains(tag);
}

} // namespace edgewise::workspace
