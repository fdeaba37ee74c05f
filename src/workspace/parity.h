// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <flags/snapshot.h>
#include <workspace/mismatch.h>
#include <workspace/route.h>

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <string_view>

namespace edgewise::evaluation {
class Program;
}

namespace edgewise::workspace {

struct ParityMismatch {
    qsizetype line = 0;  ///< of the requests, from 1
    int flipt = 0;       ///< place among the edges
    QByteArray request;  ///< the line
    flipt::Reply engine; ///< what is answered here
    flipt::Reply answer; ///< what the Flipt answered
    MismatchCause cause = MismatchCause::Engine;
    QString why; ///< the evidence, as a phrase
};

/// What came of one Flipt.
struct ParityTally {
    QString version;
    flipt::CacheSettings cache;
    qsizetype asked = 0;
    qsizetype agreed = 0;
    /// Requests to which the engine answers otherwise by the database that the Flipt reads than by
    /// the source; nothing where that database is not known or could not be read.
    std::optional<qsizetype> nodeDiffers;
    std::vector<qint64> roundTrips; ///< nanoseconds, one for each answer, in their order
};

struct ParityReport {
    qsizetype lines = 0;
    qsizetype skipped = 0; ///< lines that are no requests
    std::vector<ParityTally> flipts;
    std::vector<qint64> engineTimes; ///< nanoseconds of each evaluation here, JSON in and out
};

/// The line as a Flipt is asked it, see evaluation::RequestLine; nothing when it is no request.
std::optional<flipt::Question> questionOf(std::string_view line);

/// What the engine answers to a line, as a Flipt would.
flipt::Reply engineReply(const std::shared_ptr<const evaluation::Program> &program,
                         std::string_view line);

/// Puts the same requests to the engine here and to running Flipts, and tells of each mismatch what
/// explains it: those who differ are asked again for a while, so that what was only on its way
/// arrives, and what remains is judged by the state, cache and version of the Flipt. Asynchronous,
/// on one thread; run once.
class ParityRun : public QObject {
    Q_OBJECT
public:
    using Read = std::function<QFuture<Result<flags::Snapshot>>()>;
    struct Edge {
        QUrl url; ///< as flipt::parseAddress() gives it
        Token token;
        Read node = {}; ///< the database that it reads, where that is known
        Route route = {};
    };

    /// `clock` must outlive the run.
    ParityRun(Read source, QList<Edge> edges, std::vector<QByteArray> lines, const Clock &clock,
              QObject *parent = nullptr);
    ~ParityRun() override;

    /// How long those who differ are asked again; 3000 milliseconds at first.
    void setSettling(int milliseconds) { m_settling = milliseconds; }
    void start();

signals:
    void mismatched(const edgewise::workspace::ParityMismatch &mismatch);
    /// The last signal. An error when the source or a Flipt could not be asked.
    void finished(const edgewise::Result<edgewise::workspace::ParityReport> &report);

private:
    struct Line;
    struct EdgeState;
    struct Open; ///< a mismatch that is not explained yet

    void takeSource(const Result<flags::Snapshot> &snapshot);
    void askNode(int edge);
    void introduce(int edge);
    void askMore(int edge);
    void takeReply(int edge, qsizetype line, const Result<flipt::Timed<flipt::Reply>> &reply);
    void endEdge();
    void settle();
    void askAgain(const flags::Snapshot &source);
    void takeAgain(const std::shared_ptr<Open> &open, const flipt::Reply &engine,
                   const Result<flipt::Timed<flipt::Reply>> &reply);
    void endRound();
    void readNodes();
    void readTags();
    void judgeRest();
    void judge(const Open &open);
    void tell(const Open &open, MismatchCause cause, const QString &why);
    void fail(const Error &error);
    void finish();

    Read m_source;
    const Clock &m_clock;
    int m_settling = 3000;
    std::vector<Line> m_lines;
    std::vector<std::unique_ptr<EdgeState>> m_edges;
    std::vector<std::shared_ptr<Open>> m_open;
    flags::Snapshot m_snapshot;
    std::shared_ptr<const evaluation::Program> m_program;
    ParityReport m_report;
    QTimer m_again;
    qint64 m_settleUntil = 0;
    int m_pending = 0; ///< answers awaited in this step
    bool m_ended = false;
};

} // namespace edgewise::workspace
