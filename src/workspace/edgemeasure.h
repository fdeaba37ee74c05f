// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <flags/snapshot.h>
#include <flipt/reply.h>
#include <workspace/fliptfeed.h>

#include <QObject>

#include <memory>

namespace edgewise::workspace {

/// What one evaluation costs a Flipt whose database is an RDBMS at a distance: a part of its own,
/// and so many round trips to the database one after the other. Measured with PostgreSQL 15 behind
/// a delaying proxy at round trips of 0.1 to 51 ms, within 5 % there (Flipt 1.61, SQL storage
/// without its cache: flag, variants, rules, segments and distributions are fetched in turn).
struct RdbmsModel {
    double ownMilliseconds = 0;
    double roundTrips = 0;

    double milliseconds(double roundTripMilliseconds) const
    {
        return ownMilliseconds + roundTrips * roundTripMilliseconds;
    }
    /// The round trip to the RDBMS beyond which an evaluation that takes so long is faster; 0 when
    /// it is faster at any.
    double breakEven(double edgeMilliseconds) const
    {
        return std::max(0.0, (edgeMilliseconds - ownMilliseconds) / roundTrips);
    }
};

inline constexpr RdbmsModel variantOnRdbms{1.8, 5};
inline constexpr RdbmsModel booleanOnRdbms{0.9, 3};

/// Round trips of one Flipt, or times of the engine here; nanoseconds.
struct LatencyFigures {
    QString name;
    std::optional<Error> failure; ///< then there are no figures
    qint64 median = 0;
    qint64 worst = 0; ///< p99
    int count = 0;
};

/// p50 and p99 by nearest rank; none of an empty list.
std::optional<LatencyFigures> latencyFigures(const QString &name, std::vector<qint64> times);

/// Asks each Flipt the same evaluation again and again, one question at a time, and times the
/// engine here beside it. GUI thread; never waits. Run once.
class EdgeMeasure : public QObject {
    Q_OBJECT
public:
    /// Evaluates the first enabled variant flag of the snapshot, else its first boolean one, for
    /// entities that are made up. `clock` must outlive the measurement.
    EdgeMeasure(const QList<FliptFeed::Address> &flipts, const flags::Snapshot &snapshot, int count,
                const Clock &clock, QObject *parent = nullptr);
    ~EdgeMeasure() override;

    /// False when the snapshot holds no flag to ask for; nothing is asked then.
    bool start();
    const RdbmsModel &model() const { return m_model; }
    QString flagKey() const { return m_flag; }
    const LatencyFigures &engine() const { return m_engine; }
    const std::vector<LatencyFigures> &flipts() const { return m_flipts; }

signals:
    void finished();

private:
    struct Target;

    void timeEngine(const flags::Snapshot &snapshot);
    flipt::Question question(int number) const;
    void ask(Target &target);

    const Clock &m_clock;
    const int m_count;
    RdbmsModel m_model = variantOnRdbms;
    bool m_isVariant = true;
    QString m_nameSpace;
    QString m_flag;
    LatencyFigures m_engine;
    std::vector<std::unique_ptr<Target>> m_targets;
    std::vector<LatencyFigures> m_flipts;
    int m_running = 0;
};

} // namespace edgewise::workspace
